/** English texts of the privacy page and the accessibility statement. */
import type { PageTexts } from './pages.sv';

const privacy: PageTexts['privacy'] = [
  {
    title: 'In short',
    body: ['You report without an account and without a name. The municipality sees the place and your words. Only counts per square are public, when at least five people have reported.'],
  },
  {
    title: 'Why the data is processed',
    body: [
      'The municipality and the police use the reports to understand where and when it feels unsafe, to choose measures and to follow them up together.',
      'The legal basis is a task in the public interest, Article 6(1)(e) of the General Data Protection Regulation, under the Swedish act (2023:196) on the crime prevention responsibility of municipalities.',
    ],
  },
  {
    title: 'Which data it is',
    body: ['A report holds:'],
    list: [
      'the place: a point on the map or your words about where it is',
      'what it is about, how it feels and when it was',
      'your own words and voluntary answers, for example whether you cycle or are 65 or older',
      'a random code made by the phone, new every quarter, so that the same person counts once',
      'a receipt, of which the server keeps only a fingerprint',
    ],
  },
  {
    title: 'What is not stored',
    body: [
      'No name, no account, no cookie. The IP address is held in memory for a short while to stop overload and is written neither in the database nor in the log.',
      'Names, registration plates, e-mail addresses, phone numbers and personal identity numbers that we recognise in the text are stopped before the report is sent. Do not write about people. A suspicion of a crime is left to the police on 114 14.',
    ],
  },
  {
    title: 'Who receives it',
    body: [
      'Officials of the municipality see the whole report. The police see what the agreement with the municipality says.',
      'The report is a public document of the municipality. Whoever requests it gets it after a secrecy review.',
    ],
  },
  {
    title: 'What may become public',
    body: ['The public map changes only when the municipality publishes, as a rule every quarter. What may be shown depends on what the report is about:'],
    list: [
      'Faults in the environment, such as a broken lamp: the place, after review.',
      'Experiences, such as dark or deserted: only the square, after review.',
      'Sensitive things, such as harassment or worry about burglary: never alone, only as a count among others.',
      'Your own words: never.',
    ],
  },
  {
    title: 'How long it is kept',
    body: [
      'The report is kept until the municipality disposes of it under its own decision. Lykta does not erase it by itself.',
      'You can take the report back at any time with the receipt code. Your words, the place and the codes are then erased at once. In backups it remains until the copy is replaced.',
    ],
  },
  {
    title: 'Your rights',
    body: ['You have the right to know what is held about you, to have it corrected, erased or restricted, and to object to the processing. As the report holds no name, the receipt code is needed to find it.'],
    list: ['Turn to the municipality, see the contact below.', 'You may complain to the Swedish Authority for Privacy Protection, imy.se.'],
  },
  {
    title: 'What is on your phone',
    body: ['The browser keeps, with you alone:'],
    list: [
      'drafts, also one you have put aside, until sent or until you press “Exit this page”; one older than a day is erased the next time you open the page',
      'reports waiting for network, until they are sent',
      'reports that could not be received, until you change or delete them',
      'the receipt of a report that was sent while you did something else, until you have seen it; other receipts only if you chose to keep them, with what the report is about and the date',
      'the receipt you just got, in the tab until you close it or press “Exit this page”',
      'a secret for the random code, your choice of language and the files of the page so that it works offline',
    ],
  },
  {
    title: 'The button “Exit this page”',
    body: [
      'The button, or Shift three times, covers the page at once, erases all of the above from the phone, also reports waiting for network, and opens the weather page of SMHI.',
      'It does not erase the history of the browser. Whoever opens the history can see that you were here. Use a private window or clear the history if that is a problem.',
    ],
  },
];

const accessibility: PageTexts['accessibility'] = [
  {
    title: 'How accessible the website is',
    body: ['The aim is WCAG 2.2 level AA, and with it the Swedish act (2018:1937) on accessibility of digital public services. The pages are built for it and tested at every change. No outside review has been made.'],
  },
  {
    title: 'How it works',
    body: [],
    list: [
      'Everything can be done with the keyboard alone, and with single taps without dragging.',
      'The map is never the only way: a place can be searched, taken from the phone or described in words, and the numbers are also a table.',
      'An error stands beside the field it is about, and the field gets focus.',
      'Colour never carries meaning alone. Dark mode follows the setting of the phone.',
      'Motion is switched off if you chose so on the phone.',
      'Text can be enlarged to 200 per cent.',
    ],
  },
  {
    title: 'Shortcomings we know of',
    body: [],
    list: [
      'The map picture itself cannot be read by screen readers. What is under the cross-hair is read out, and the same facts exist as text.',
      'The pages exist in Swedish and English, not yet in easy Swedish or in the minority languages.',
      'Tests with screen readers on real phones have not been made.',
    ],
  },
  {
    title: 'How it has been tested',
    body: ['Every page and step is tested automatically with axe-core, in light and dark mode, at 360 and 1280 pixels width, in Swedish and English, and the whole report is carried out with the keyboard alone.'],
  },
  {
    title: 'Tell us if something does not work',
    body: ['Contact your municipality, see below. If the municipality does not answer, or you are not satisfied, you can report it to the Agency for Digital Government, digg.se.'],
  },
];

export const pagesEn = {
  privacy_title: 'Privacy',
  privacy_page: 'Privacy – Lykta',
  privacy,
  contacts: 'Contact in your municipality',
  contacts_hint: 'The municipality that receives the report is the controller of the data.',
  choose: 'Choose a municipality',
  kommun: 'Municipality',
  controller: 'Controller',
  contact: 'Contact',
  dpo: 'Data protection officer',
  not_given: 'The municipality has not given a contact yet.',
  accessibility_title: 'Accessibility',
  accessibility_page: 'Accessibility – Lykta',
  accessibility,
} satisfies PageTexts;
