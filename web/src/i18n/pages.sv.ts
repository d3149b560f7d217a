/** Swedish texts of the privacy page and the accessibility statement: headings, each with its paragraphs. */
export interface Section {
  title: string;
  body: string[];
  list?: string[];
}

const privacy: Section[] = [
  {
    title: 'Kort sagt',
    body: ['Du rapporterar utan konto och utan namn. Kommunen ser platsen och dina ord. Det öppna är bara antal per ruta, när minst fem personer har rapporterat.'],
  },
  {
    title: 'Varför uppgifterna behandlas',
    body: [
      'Kommunen och polisen använder rapporterna för att förstå var och när det känns otryggt, välja åtgärder och följa upp dem tillsammans.',
      'Rättslig grund är uppgift av allmänt intresse, artikel 6.1 e i dataskyddsförordningen, enligt lagen (2023:196) om kommuners ansvar för brottsförebyggande arbete.',
    ],
  },
  {
    title: 'Vilka uppgifter det är',
    body: ['I en rapport finns:'],
    list: [
      'platsen: en punkt på kartan eller dina ord om var det är',
      'vad det gäller, hur det känns och när det var',
      'egna ord och frivilliga svar, till exempel om du är cyklist eller 65 år eller äldre',
      'en slumpad kod som telefonen gör, ny varje kvartal, så att samma person räknas en gång',
      'ett kvitto, som servern bara sparar ett avtryck av',
    ],
  },
  {
    title: 'Vad som inte sparas',
    body: [
      'Inget namn, inget konto, ingen kaka. IP-adressen hålls en kort stund i minnet för att stoppa överbelastning och skrivs inte i databasen eller loggen.',
      'Namn, registreringsnummer, e-postadresser, telefonnummer och personnummer som vi känner igen i texten stoppas innan rapporten skickas. Skriv inte om personer. En misstanke om brott lämnas till polisen på 114 14.',
    ],
  },
  {
    title: 'Vem som får del av dem',
    body: [
      'Handläggare i kommunen ser hela rapporten. Polisen ser det som överenskommelsen med kommunen säger.',
      'Rapporten är en allmän handling hos kommunen. Den som begär ut den får den efter sekretessprövning.',
    ],
  },
  {
    title: 'Vad som kan bli offentligt',
    body: ['Den öppna kartan ändras bara när kommunen publicerar, i regel varje kvartal. Vad som kan visas beror på vad rapporten gäller:'],
    list: [
      'Fel och brister i miljön, till exempel en trasig lampa: platsen, efter granskning.',
      'Upplevelser, till exempel mörkt eller ödsligt: bara rutan, efter granskning.',
      'Känsligt, till exempel trakasserier eller oro för inbrott: aldrig för sig, bara som antal bland andra.',
      'Dina egna ord: aldrig.',
    ],
  },
  {
    title: 'Hur länge de sparas',
    body: [
      'Rapporten sparas tills kommunen gallrar den enligt sitt gallringsbeslut. Lykta raderar den inte av sig själv.',
      'Du kan när som helst ta tillbaka rapporten med kvittokoden. Då raderas dina ord, platsen och koderna genast. I säkerhetskopior finns den kvar tills kopian byts ut.',
    ],
  },
  {
    title: 'Dina rättigheter',
    body: ['Du har rätt att få veta vad som finns om dig, få det rättat, raderat eller begränsat, och att invända mot behandlingen. Eftersom rapporten saknar namn behövs kvittokoden för att hitta den.'],
    list: ['Vänd dig till kommunen, se kontakt nedan.', 'Du kan klaga hos Integritetsskyddsmyndigheten, imy.se.'],
  },
  {
    title: 'Vad som finns på din telefon',
    body: ['Webbläsaren sparar, bara hos dig:'],
    list: [
      'utkast, också ett du lagt åt sidan, tills det är skickat eller du trycker på ”Lämna sidan”; är det äldre än ett dygn raderas det nästa gång du öppnar sidan',
      'rapporter som väntar på nät, tills de är skickade',
      'rapporter som inte kunde tas emot, tills du ändrar eller tar bort dem',
      'kvittot på en rapport som skickades medan du gjorde annat, tills du har sett det; andra kvitton bara om du själv valt att spara dem, med vad rapporten gäller och datum',
      'kvittot du nyss fick, i fliken tills du stänger den eller trycker på ”Lämna sidan”',
      'en hemlighet för den slumpade koden, ditt språkval och sidans filer så att den fungerar utan nät',
    ],
  },
  {
    title: 'Knappen ”Lämna sidan”',
    body: [
      'Knappen, eller Skift tre gånger, täcker sidan genast, raderar allt ovan från telefonen, också rapporter som väntar på nät, och öppnar SMHI:s vädersida.',
      'Den raderar inte webbläsarens historik. Den som öppnar historiken kan se att du varit här. Använd ett privat fönster eller rensa historiken om det är ett problem.',
    ],
  },
];

const accessibility: Section[] = [
  {
    title: 'Hur tillgänglig webbplatsen är',
    body: ['Målet är WCAG 2.2 nivå AA, och därmed lagen (2018:1937) om tillgänglighet till digital offentlig service. Sidorna är byggda för det och provas vid varje ändring. En granskning av någon utomstående är inte gjord.'],
  },
  {
    title: 'Så fungerar det',
    body: [],
    list: [
      'Allt går att göra med bara tangentbord, och med enkla tryck utan att dra.',
      'Kartan är aldrig enda vägen: platsen kan sökas, hämtas från telefonen eller beskrivas med ord, och siffrorna finns också som tabell.',
      'Fel står vid fältet det gäller, och fältet får fokus.',
      'Färg bär aldrig betydelse ensam. Mörkt läge följer telefonens inställning.',
      'Rörelser stängs av om du valt det i telefonen.',
      'Texten kan förstoras till 200 procent.',
    ],
  },
  {
    title: 'Brister vi känner till',
    body: [],
    list: [
      'Kartbilden i sig kan inte läsas av skärmläsare. Det som står under hårkorset läses upp, och samma uppgifter finns i text.',
      'Sidorna finns på svenska och engelska, ännu inte på lättläst svenska eller på minoritetsspråken.',
      'Prov med skärmläsare på riktiga telefoner är inte gjorda.',
    ],
  },
  {
    title: 'Hur det har provats',
    body: ['Varje sida och steg provas automatiskt med axe-core, i ljust och mörkt läge, på 360 och 1280 bildpunkters bredd, på svenska och engelska, och hela rapporten genomförs med bara tangentbord.'],
  },
  {
    title: 'Säg till om något inte fungerar',
    body: ['Kontakta din kommun, se nedan. Svarar kommunen inte, eller är du inte nöjd, kan du anmäla det till Myndigheten för digital förvaltning, digg.se.'],
  },
];

export const pagesSv = {
  privacy_title: 'Integritet',
  privacy_page: 'Integritet – Lykta',
  privacy,
  contacts: 'Kontakt i din kommun',
  contacts_hint: 'Den kommun som tar emot rapporten är personuppgiftsansvarig.',
  choose: 'Välj kommun',
  kommun: 'Kommun',
  controller: 'Personuppgiftsansvarig',
  contact: 'Kontakt',
  dpo: 'Dataskyddsombud',
  not_given: 'Kommunen har inte angett någon kontakt ännu.',
  accessibility_title: 'Tillgänglighet',
  accessibility_page: 'Tillgänglighet – Lykta',
  accessibility,
};
export type PageTexts = typeof pagesSv;
