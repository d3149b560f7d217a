//! What people write in their own words: short Swedish sentences by category, with no person, address or number in them.

use super::random::Dice;
use crate::domain::codes::Category;
use crate::domain::codes::Category as C;

/// A note for a category: one sentence, sometimes two.
pub(super) fn note(dice: &mut Dice, category: Category) -> Option<String> {
    let first = dice.one_of(sentences(category))?;
    let more = dice.chance(0.3).then(|| dice.one_of(tails(category))).flatten();
    Some(more.map_or_else(|| first.to_owned(), |more| format!("{first} {more}")))
}

/// What is said about a category; every list stands on its own so that a translator sees it whole.
#[rustfmt::skip]
const fn sentences(category: Category) -> &'static [&'static str] {
    match category {
        C::Dark => &["Det är kolsvart här på vägen hem från bussen.", "Man ser inte vem man möter förrän det är för nära.",
            "Går alltid en omväg här när det blivit mörkt.", "Lyktorna lyser bara på gatan, inte på gångvägen.",
            "Mellan lyktstolparna blir det helt svart.", "Ljuset tar slut precis där stigen svänger.", "Snälla, mer ljus här."],
        C::LightingBroken => &["Två lampor i rad är släckta.", "Lampan blinkar och slocknar hela tiden.",
            "Hela raden längs gångvägen har varit släckt sedan i förra veckan.", "Lyktan vid trappan är trasig.",
            "Armaturen hänger snett och lyser rakt upp.", "Det var mörkt här i vintras också, samma lampa."],
        C::Hidden => &["Man vet aldrig vad som finns bakom hörnet.", "Många skymda ställen intill gångvägen.",
            "Förrådet gör att man inte ser vem som kommer.", "Muren skymmer sikten helt.", "Kurvan är så tvär att man möts plötsligt."],
        C::Trapped => &["Smal gång utan någon annan väg ut.", "Staket på båda sidor, man kan inte vika av.",
            "Tunneln känns lång när man är ensam.", "Har man gått in måste man igenom.", "Det finns ingen annan väg till andra sidan."],
        C::Vegetation => &["Buskarna har växt ut över gångvägen.", "Häcken behöver klippas så att man ser ut på gatan.",
            "Grenarna hänger framför lyktan.", "Slyet har tagit över hela slänten.", "Klipp ner buskarna, då blir det genast bättre."],
        C::Deserted => &["Helt öde efter att affären stängt.", "Aldrig en människa här på kvällarna.", "Man hör sina egna steg.",
            "Väntar ogärna på bussen här ensam.", "Här finns ingen att be om hjälp.", "Fint på dagen, folktomt på kvällen."],
        C::DisorderGathering => &["Stökigt runt bänkarna på helgkvällarna.", "Hög musik och skrik till sent på natten.",
            "Man undviker att gå förbi när det är fullt här.", "Mycket spring och bråk när krogen stänger.",
            "Det kastas saker och skriks efter folk.", "Lugnt i veckorna, stökigt på lördagarna."],
        C::HarassmentPlace => &["Får ofta kommentarer när jag går förbi.", "Det ropas efter en här, särskilt på kvällen.",
            "Vågar inte gå här ensam efter att ha blivit följd en bit.", "Obehagligt att passera, man blir uttittad.",
            "Flera jag känner har fått otrevliga kommentarer just här."],
        C::AlcoholDrugsPlace => &["Tomburkar och påsar under bänken varje morgon.", "Det dricks mycket här på kvällarna.",
            "Känns som att det säljs något här, bilar kommer och går.", "Sprutor på marken, inte bra så nära lekplatsen.",
            "Luktar starkt i trapphuset och ner mot garaget."],
        C::DamageGraffiti => &["Klotter på hela väggen igen.", "Busskuren är krossad, glas överallt.",
            "Papperskorgen har blivit uppeldad.", "Nytt klotter en vecka efter saneringen.", "Gungan är sönderslagen.",
            "Någon har sparkat sönder belysningen vid entrén."],
        C::LitterDecay => &["Skräp överallt efter helgen.", "Papperskorgen är alltid full.", "Soporna blåser runt på gården.",
            "Ser övergivet ut, ingen tar hand om platsen.", "Gammal möbel dumpad bakom återvinningen.", "Glas i gräset där barnen leker."],
        C::BurglaryWorry => &["Orolig när huset står tomt.", "Flera inbrott i området den senaste tiden.",
            "Okända bilar kör sakta förbi på kvällarna.", "Långt mellan husen, ingen ser något.",
            "Vi skulle behöva komma igång med grannsamverkan."],
        C::Speeding => &["Det körs alldeles för fort här.", "Ingen håller hastigheten förbi husen.",
            "Barn går här till bussen och bilarna susar förbi.", "Rakan lockar till fartkörning.",
            "Ett farthinder skulle göra stor skillnad.", "Värst på morgonen när alla har bråttom.",
            "Skylten hjälper inte, det behövs något mer."],
        C::HeavyTraffic => &["Tung trafik rakt genom bostadsområdet.", "Lastbilarna tar genvägen här.",
            "Svårt att komma ut på vägen på morgonen.", "Det dånar hela dagen.", "Trafiken har ökat mycket sedan vägen byggdes om."],
        C::MotorYouth => &["Bilar som spinner loss på parkeringen om kvällarna.", "Hög musik och burnouts till långt efter midnatt.",
            "Mopeder på gångvägen.", "De kör ikapp längs rakan.", "Bra att det finns en plats att träffas, men inte så nära bostäderna.",
            "Det tutas och gasas hela fredagskvällen."],
        C::UnsafeCrossing => &["Bilarna stannar inte vid övergångsstället.", "Svårt att komma över med barnvagn.",
            "För kort tid på grönt för den som går sakta.", "Övergångsstället syns dåligt när det regnar.", "Man måste springa över.",
            "Här borde det finnas en refug."],
        C::SightBlocked => &["Parkerade bilar skymmer sikten.", "Man måste rulla långt ut för att se något.",
            "Häcken gör att man inte ser cyklisterna.", "Skylten står precis i vägen för sikten.", "Snöhögen skymmer hela korsningen."],
        C::JunctionTurning => &["Svängande bilar ser inte cyklisterna.", "Rörig korsning, ingen vet vem som ska köra.",
            "De genar i svängen.", "Cykelöverfarten kommer för plötsligt efter svängen.", "Vänstersvängen är livsfarlig vid rusningstid."],
        C::CrossingRail => &["Bommarna är nere länge och folk smiter under.", "Hjulen fastnar i spåret.",
            "Ljudsignalen hörs knappt när det blåser.", "Stigen över spåret används fast den är stängd.",
            "Man ser tåget sent på grund av kurvan."],
        C::DropoffChaosSchool => &["Kaos när alla ska lämna samtidigt.", "Bilar backar bland barnen.",
            "Det stannas mitt på övergångsstället för att släppa av.", "Vi vågar inte låta barnen gå själva sista biten.",
            "En avlämningsplats lite längre bort skulle hjälpa.", "Dubbelparkerat längs hela skolgatan."],
        C::NoFootwayCycleway => &["Här slutar gångbanan utan förvarning.", "Man tvingas gå ute på vägen.",
            "Ingen cykelväg trots att många cyklar till jobbet.", "Vägrenen är för smal för att gå på.",
            "Barnen kan inte cykla till träningen."],
        C::SharedPathConflict => &["Elsparkcyklar i hög fart bland dem som går.", "Oklart vilken sida som är för cyklar.",
            "Trångt när cyklar och gående möts.", "Cyklisterna kommer tyst bakifrån.", "En målad linje skulle räcka långt."],
        C::SurfaceIceHole => &["Blankis i backen, ingen sandning.", "Stort hål i asfalten.", "Smältvattnet fryser på natten.",
            "Kantstenen är trasig och svår att se.", "Rötterna har lyft asfalten.", "Halt varje morgon vid brunnen."],
        C::KerbParking => &["Bilar parkerade på gångbanan.", "Går inte att komma fram med rullator.",
            "Parkerat över kantstenen så att vagnen inte får plats.", "Cykelbanan används som parkering.",
            "Varje dag står det bilar i vägen."],
        C::Roadworks => &["Ingen väg för gående förbi vägarbetet.", "Avspärrningen står mitt på cykelbanan.",
            "Skyltningen är förvirrande.", "Grus kvar efter arbetet, man halkar.", "Plåtarna över schaktet är hala."],
        C::LightingRoad => &["Vägen saknar belysning där gående kommer ut.", "Mörkt vid busshållplatsen längs landsvägen.",
            "Bilarna ser oss inte på vintern.", "Gatlyset slutar före sista husen.", "Går med reflexväst och känner mig ändå inte trygg."],
        C::SignMissing => &["Skylten är borta sedan påkörningen.", "Ingen skylt som visar var gångvägen fortsätter.",
            "Varningsskylten är helt nersmutsad.", "Det borde stå en varning för barn här.", "Skylten är vänd åt fel håll."],
        C::NearMiss => &["Blev nästan påkörd på övergångsstället.", "En bil svängde rakt framför cykeln.",
            "Det var nära att en elsparkcykel körde in i oss.", "Bilen hann precis stanna.",
            "Möttes i kurvan och fick kasta mig åt sidan."],
        C::CrashSelfreport => &["Halkade och slog i höften.", "Cyklade omkull på löst grus.",
            "Lindrig krock i korsningen, ingen skadades.", "Ramlade på kanten som inte syns.", "Föll när hjulet fastnade i springan."],
        C::OtherUnsafe => &["Svårt att säga varför, men jag går inte gärna här.", "Känns inte bra att passera.",
            "Lös hund flera kvällar i rad.", "Dörren till källargången står alltid öppen.", "Det bara känns otryggt."],
        C::Lively => &["Alltid folk i rörelse, det känns bra.", "Uteserveringen gör hela torget tryggt.",
            "Fint att butikerna har öppet länge.", "Barn och gamla på samma plats, så ska det vara.", "Mysigt när det är marknad."],
        C::WellLit => &["Nya belysningen gör stor skillnad.", "Här ser man hela vägen.", "Varmt och jämnt ljus, bra jobbat.",
            "Känns tryggt även sent på kvällen.", "Tack för lamporna i backen."],
        C::GoodView => &["Bra sikt åt alla håll.", "Öppet och fint, man ser vem som kommer.", "Skönt att buskarna är nedklippta.",
            "Fri sikt ut mot vattnet.", "Fönster mot gångvägen gör att det känns sett."],
        C::FriendlyStaff => &["Trevlig personal som håller koll.", "Fältarna är ute här på fredagar, det märks.",
            "Chauffören väntar in den som springer.", "Kiosken har öppet sent och personalen hälsar.", "Vaktmästaren är alltid vänlig."],
        C::GoodPath => &["Fin och jämn väg, lätt att rulla.", "Plogat och sandat redan på morgonen.", "Bästa cykelvägen i kommunen.",
            "Skild från bilarna hela vägen till skolan.", "Gott om plats för alla."],
        C::Favourite => &["Min favoritplats att sitta på.", "Hit går vi gärna med barnen.", "Lugnt och vackert.",
            "Bästa bänken finns här.", "Fin plats för en kvällspromenad."],
        C::GoodExample => &["Så här borde alla övergångar se ut.", "Upphöjd överfart, bilarna stannar.",
            "Bra lösning med avlämning på andra sidan.", "Gör likadant på fler platser.", "Snabbt lagat efter att vi hörde av oss, tack."],
    }
}

/// A second sentence that fits anything of its sort.
#[rustfmt::skip]
const fn tails(category: Category) -> &'static [&'static str] {
    use crate::domain::codes::Group as G;
    match category.group() {
        G::Safe => &["Mer sånt.", "Behåll den så.", "Tack till er som sköter om platsen.", "Gäller året om.", "Särskilt på sommaren."],
        G::TrafficSpeed | G::TrafficCrossing | G::TrafficPath => &["Gäller mest på vardagar.", "Särskilt på morgonen.",
            "Har varit så länge.", "Hoppas det går att göra något innan någon skadas.", "Många barn rör sig här.",
            "Har sagt till tidigare.", "Det går att lösa enkelt."],
        G::Light | G::Sight | G::Life => &["Värst på vintern.", "Gäller hela sträckan.", "Går hellre runt.", "Det går att lösa enkelt.",
            "Har varit så länge.", "Jag vet flera som undviker platsen.", "Dagtid är det inga problem."],
        G::Disorder | G::Damage | G::Care | G::Property | G::Other => &["Mest på helgerna.", "Har blivit värre på sista tiden.",
            "Det brukar vara lugnt i veckorna.", "Jag vet flera som undviker platsen.", "Fler vuxna på plats skulle hjälpa.",
            "Hoppas ni kan titta på det."],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every() -> impl Iterator<Item = &'static str> {
        Category::ALL.iter().flat_map(|category| sentences(*category).iter().chain(tails(*category))).copied()
    }

    #[test]
    fn every_category_has_words_and_there_are_enough_of_them() {
        assert!(Category::ALL.iter().all(|category| sentences(*category).len() >= 5));
        let mut distinct: Vec<_> = Category::ALL.iter().flat_map(|category| sentences(*category)).collect();
        distinct.sort_unstable();
        distinct.dedup();
        assert!(distinct.len() >= 180, "{}", distinct.len());
    }

    #[test]
    fn nothing_in_them_could_be_personal_data() {
        assert!(every().all(|text| !text.contains('@') && !text.contains(|c: char| c.is_ascii_digit())));
        assert!(every().all(|text| text.len() < 120 && text.ends_with('.')));
    }
}
