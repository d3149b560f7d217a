//! The catalogue of problem texts: what happened and what to do, in Swedish and English.

use super::problem::{Kind, Language};
use crate::domain::invalid::{Expected, Fault};

/// The title of a kind of problem.
pub(super) fn title(kind: Kind, language: Language) -> &'static str {
    let (sv, en) = match kind {
        Kind::Invalid => ("Något behöver rättas", "Something needs to be corrected"),
        Kind::Malformed => ("Innehållet går inte att läsa", "The content cannot be read"),
        Kind::PersonalData => ("Texten innehåller personuppgifter", "The text contains personal data"),
        Kind::Suspicion => ("Det här hör till polisen", "This belongs with the police"),
        Kind::Outside => ("Platsen ligger inte i någon kommun här", "The place is not in any municipality here"),
        Kind::Inactive => ("Kommunen tar inte emot rapporter här", "The municipality does not take reports here"),
        Kind::IdReused => ("Id:t används redan av något annat", "The id is already used by something else"),
        Kind::Withdrawn => ("Rapporten är tillbakadragen", "The report has been withdrawn"),
        Kind::NotFound => ("Det finns inget här", "There is nothing here"),
        Kind::Forbidden => ("Du har inte behörighet till det här", "You are not allowed to do this"),
        Kind::Over => ("Det tog för lång tid eller för många försök", "It took too long, or too many tries"),
        Kind::LogInAgain => ("Du behöver logga in igen", "You need to log in again"),
        Kind::OwnRights => ("Du kan inte ändra vad du själv får göra", "You cannot change what you may do yourself"),
        Kind::InUse => ("Den används fortfarande", "It is still in use"),
        Kind::TooMany => ("Det finns redan så många det får finnas", "There are already as many as there may be"),
        Kind::NotPublic => ("Den frågan kan inte besvaras öppet", "That question cannot be answered publicly"),
        Kind::Unauthorized => ("Logga in först", "Log in first"),
        Kind::Stale => ("Rapporten har ändrats av någon annan", "The report was changed by somebody else"),
        Kind::PreconditionRequired => ("If-Match saknas", "If-Match is missing"),
        Kind::RateLimited => ("För många på kort tid", "Too many in a short time"),
        Kind::StorageFull => ("Lagringen är full", "The storage is full"),
        Kind::Unavailable => ("Tjänsten hinner inte med just nu", "The service is busy right now"),
        Kind::TooLarge => ("Innehållet är för stort", "The content is too large"),
        Kind::UnsupportedMediaType => ("Formatet tas inte emot", "The format is not accepted"),
        Kind::MethodNotAllowed => ("Metoden finns inte här", "The method is not available here"),
        Kind::Timeout => ("Det tog för lång tid", "It took too long"),
        Kind::CrossSite => ("Anropet kommer från en annan webbplats", "The request comes from another site"),
        Kind::Range => ("Delen finns inte i filen", "The range is not in the file"),
        Kind::Internal => ("Något gick fel hos oss", "Something went wrong on our side"),
    };
    pick(language, sv, en)
}

/// What to do about it, where the title does not say.
pub(super) fn detail(kind: Kind, language: Language) -> Option<&'static str> {
    let (sv, en) = match kind {
        Kind::PersonalData => (
            "Ta bort namn, registreringsnummer, e-postadresser, telefonnummer och personnummer. Beskriv platsen, inte personer.",
            "Remove names, registration plates, e-mail addresses, phone numbers and personal identity numbers. Describe the place, not persons.",
        ),
        Kind::Suspicion => (
            "Texten pekar ut någon för ett brott. Inget har sparats. Ring 112 om det händer nu, annars 114 14, eller tipsa på polisen.se. Här kan du beskriva platsen utan att peka ut någon.",
            "The text points somebody out for a crime. Nothing was saved. Call 112 if it happens now, otherwise 114 14, or leave a tip at polisen.se. Here you can describe the place without pointing anybody out.",
        ),
        Kind::Outside => {
            ("Flytta markören till platsen, eller beskriv den med ord.", "Move the pin to the place, or describe it in words.")
        }
        Kind::Inactive => (
            "Använd kommunens egen felanmälan. Ring 112 om det är akut och 114 14 för att tipsa polisen.",
            "Use the municipality's own fault report. Call 112 in an emergency and 114 14 to tip off the police.",
        ),
        Kind::IdReused => ("Skapa ett nytt slumpmässigt id (UUID version 4).", "Make a new random id (UUID version 4)."),
        Kind::NotPublic => (
            "Öppet visas bara frysta kvartalsutgåvor: rutor om 250, 500 eller 1000 meter, en kategorigrupp, otryggt eller tryggt, hela kvartal.",
            "Only frozen quarterly releases are public: squares of 250, 500 or 1000 metres, one category group, unsafe or safe, whole quarters.",
        ),
        Kind::Over => ("Börja om.", "Begin again."),
        Kind::LogInAgain => (
            "Det var mer än en kvart sedan du loggade in. För att ändra hur du loggar in, eller göra en nyckel åt ett program, visar du en gång till vem du är.",
            "You logged in more than a quarter of an hour ago. To change how you log in, or to make a token, show once more who you are.",
        ),
        Kind::OwnRights => ("Be någon annan som är administratör.", "Ask somebody else who is an administrator."),
        Kind::InUse => (
            "Ta först bort dem som hör till den, och det som ligger under den.",
            "First remove those who belong to it, and what lies below it.",
        ),
        Kind::TooMany => ("Ta bort en som inte används.", "Remove one that is not used."),
        Kind::Stale => ("Läs in den igen och gör om ändringen.", "Load it again and redo the change."),
        Kind::PreconditionRequired => ("Skicka rapportens ETag i If-Match.", "Send the report's ETag in If-Match."),
        Kind::RateLimited => ("Vänta en stund och försök igen. Inget har gått förlorat.", "Wait a while and try again. Nothing is lost."),
        Kind::StorageFull => ("Inget har sparats. Försök igen om en stund.", "Nothing was saved. Try again in a while."),
        Kind::Unavailable => ("Försök igen om några sekunder.", "Try again in a few seconds."),
        Kind::UnsupportedMediaType => ("Skicka application/json utan komprimering.", "Send application/json without compression."),
        Kind::Internal => ("Felet är noterat. Försök igen om en stund.", "The fault has been noted. Try again in a while."),
        _ => return None,
    };
    Some(pick(language, sv, en))
}

impl Expected {
    const fn sv(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::List => "en lista",
            Self::Object => "ett objekt",
            Self::Truth => "true eller false",
            Self::WholeNumber => "ett heltal",
            Self::Number => "ett tal",
        }
    }

    const fn en(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::List => "a list",
            Self::Object => "an object",
            Self::Truth => "true or false",
            Self::WholeNumber => "a whole number",
            Self::Number => "a number",
        }
    }
}

/// What is wrong with one field.
pub(super) fn message(fault: &Fault, language: Language) -> String {
    let (sv, en): (String, String) = match fault {
        Fault::Missing => ("Fältet saknas.".to_owned(), "The field is missing.".to_owned()),
        Fault::NeedsPlace => {
            ("Ange en plats på kartan eller beskriv den med ord.".to_owned(), "Give a place on the map or describe it in words.".to_owned())
        }
        Fault::UnknownField => ("Fältet finns inte.".to_owned(), "There is no such field.".to_owned()),
        Fault::WrongType(expected) => {
            (format!("Fel typ: här ska stå {}.", expected.sv()), format!("Wrong type: expected {}.", expected.en()))
        }
        Fault::NotAllowed(allowed) => {
            let list = allowed.join(", ");
            (format!("Värdet finns inte. Välj bland: {list}."), format!("Not an allowed value. Choose among: {list}."))
        }
        Fault::OutOfRange(min, max) => (format!("Ska vara mellan {min} och {max}."), format!("Must be between {min} and {max}.")),
        Fault::TooLong(max) => (format!("Högst {max} tecken."), format!("At most {max} characters.")),
        Fault::TooMany(max) => (format!("Högst {max} stycken."), format!("At most {max}.")),
        Fault::NotText => ("Skriv något.".to_owned(), "Write something.".to_owned()),
        Fault::NotUuidV4 => {
            ("Ska vara ett slumpmässigt id (UUID version 4).".to_owned(), "Must be a random id (UUID version 4).".to_owned())
        }
        Fault::NotATime => (
            "Ska vara en tid enligt RFC 3339, till exempel 2026-11-23T21:30:00+01:00.".to_owned(),
            "Must be a time in RFC 3339, such as 2026-11-23T21:30:00+01:00.".to_owned(),
        ),
        Fault::NotADate => ("Ska vara ett datum, till exempel 2026-11-23.".to_owned(), "Must be a date, such as 2026-11-23.".to_owned()),
        Fault::InTheFuture => ("Tiden har inte varit än.".to_owned(), "That time is yet to come.".to_owned()),
        Fault::TooOld => ("Det är för länge sedan.".to_owned(), "That is too long ago.".to_owned()),
        Fault::NullIsland => {
            ("Enheten gav ingen riktig position (0, 0).".to_owned(), "The device gave no real position (0, 0).".to_owned())
        }
        Fault::NotAPoint => {
            ("Ska vara en GeoJSON-punkt: longitud, latitud.".to_owned(), "Must be a GeoJSON Point: longitude, latitude.".to_owned())
        }
        Fault::NotAToken => ("Ska vara 32 hexadecimala siffror.".to_owned(), "Must be 32 hexadecimal digits.".to_owned()),
        Fault::Conflicts(other) => (format!("Kan inte anges tillsammans med {other}."), format!("Cannot be given together with {other}.")),
        Fault::Needs(other) => (format!("Behöver också {other}."), format!("Also needs {other}.")),
        Fault::FeelingMismatch => {
            ("Kategorin hör till den andra känslan.".to_owned(), "The category belongs to the other feeling.".to_owned())
        }
        Fault::PersonalData(_) => (
            "Texten ser ut att innehålla personuppgifter. Ta bort dem och beskriv platsen.".to_owned(),
            "The text seems to contain personal data. Remove it and describe the place.".to_owned(),
        ),
        Fault::Suspicion(_) => (
            "Texten pekar ut någon för ett brott. Det sparas inte här. Ring 112 om det händer nu, annars 114 14.".to_owned(),
            "The text points somebody out for a crime. That is not stored here. Call 112 if it happens now, otherwise 114 14.".to_owned(),
        ),
        Fault::Transition => {
            ("Den ändringen av läge går inte att göra härifrån.".to_owned(), "That change of state is not possible from here.".to_owned())
        }
        Fault::ReasonNeeded(reasons) => {
            let list = reasons.join(", ");
            if reasons.is_empty() {
                ("Läget tar inget skäl.".to_owned(), "The state takes no reason.".to_owned())
            } else {
                (format!("Ange ett skäl: {list}."), format!("Give a reason: {list}."))
            }
        }
        Fault::Geometry(rule) => (format!("Formen går inte att använda ({rule})."), format!("The shape cannot be used ({rule}).")),
        Fault::UnknownMunicipality => (
            "Kommunen finns inte här, eller platsen ligger i en annan.".to_owned(),
            "No such municipality here, or the place lies in another.".to_owned(),
        ),
        Fault::NotReleased => {
            ("Det finns inte i de öppna kvartalsutgåvorna.".to_owned(), "That is not in the public quarterly releases.".to_owned())
        }
        Fault::UnknownParameter => ("Parametern finns inte.".to_owned(), "There is no such parameter.".to_owned()),
        Fault::TooManyCells(max) => (
            format!("Fler än {max} rutor. Välj större rutor eller ett mindre område."),
            format!("More than {max} cells. Choose larger cells or a smaller area."),
        ),
        Fault::TooManyReports(max) => (
            format!("Fler än {max} rapporter. Välj en kortare tid, färre kategorier eller ett mindre område."),
            format!("More than {max} reports. Choose a shorter time, fewer categories or a smaller area."),
        ),
        Fault::TooMuchWork => (
            "För mycket att räkna. Välj färre simuleringar, en mindre radie eller större rutor.".to_owned(),
            "Too much to compute. Choose fewer simulations, a smaller radius or larger cells.".to_owned(),
        ),
        Fault::PeriodTooShort => (
            "Perioden är för kort att jämföra med den andra. Räknade dagar ligger mellan kommunens första och senaste rapport.".to_owned(),
            "The period is too short to hold the other against. Days count between the municipality’s first and latest report.".to_owned(),
        ),
        Fault::UnknownCell => (
            "Ingen ruta heter så här. Skriv rutnät och rutans id, till exempel square250-3520006860000.".to_owned(),
            "No cell is called this here. Write the grid and the id of the cell, such as square250-3520006860000.".to_owned(),
        ),
        Fault::NotMergeable => (
            "De kan inte läggas ihop: det är samma rapport, de hör till olika kommuner, eller de ligger redan på var sin plats med andra. Ta isär först.".to_owned(),
            "They cannot be put together: it is the same report, they belong to different municipalities, or each already shares a place with others. Take them apart first.".to_owned(),
        ),
        Fault::PopulationGrid => (
            "Befolkningen finns bara i rutor om 1 km: välj grid=square och size_m=1000.".to_owned(),
            "Inhabitants are known only in squares of 1 km: choose grid=square and size_m=1000.".to_owned(),
        ),
        Fault::HasPoint => (
            "Den som skickade rapporten har själv angett platsen. Den flyttas inte.".to_owned(),
            "The sender gave the place. It is not moved.".to_owned(),
        ),
        Fault::NothingToChange => ("Det finns inget att ändra.".to_owned(), "There is nothing to change.".to_owned()),
        Fault::TooShort(min) => (format!("För kort, minst {min} tecken."), format!("Too short, at least {min} characters.")),
        Fault::NotAnAddress => (
            "Skriv en e-postadress, till exempel namn@kommun.se.".to_owned(),
            "Write an e-mail address, such as name@example.com.".to_owned(),
        ),
        Fault::WeakPassword => (
            "Lösenordet är lätt att gissa. Skriv hellre några ord som inte hör ihop.".to_owned(),
            "The password is easy to guess. Rather write a few words that do not belong together.".to_owned(),
        ),
        Fault::NotAPicture => (
            "Filen är ingen bild som går att läsa. Det går bra med JPEG, PNG och WebP.".to_owned(),
            "The file is no picture that can be read. JPEG, PNG and WebP will do.".to_owned(),
        ),
        Fault::BrokenPicture => ("Bilden är trasig eller avklippt.".to_owned(), "The picture is broken or cut short.".to_owned()),
        Fault::TooManyPixels => (
            "Bilden har fler än 30 miljoner bildpunkter. Ta en mindre.".to_owned(),
            "The picture has more than 30 million pixels. Take a smaller one.".to_owned(),
        ),
        Fault::OutsidePicture(width, height) => (
            format!("Ytan ligger utanför bilden, som är {width} × {height} bildpunkter."),
            format!("The area lies outside the picture, which is {width} × {height} pixels."),
        ),
        Fault::WrongCode => (
            "Koden stämmer inte. Skriv de sex siffror som appen visar nu.".to_owned(),
            "The code does not hold. Write the six digits that the app shows now.".to_owned(),
        ),
        Fault::PasskeyRefused => (
            "Nyckeln godtogs inte. Den kan redan vara tillagd, eller ha svarat för sent.".to_owned(),
            "The passkey was not accepted. It may be there already, or have answered too late.".to_owned(),
        ),
        Fault::WrongPassword => ("Det är inte ditt nuvarande lösenord.".to_owned(), "This is not your current password.".to_owned()),
        Fault::Taken => ("Det används redan.".to_owned(), "It is already in use.".to_owned()),
        Fault::UnknownParty => (
            "Parten finns inte, eller hör inte till dem du sköter.".to_owned(),
            "There is no such party, or it is not one of yours.".to_owned(),
        ),
        Fault::DoesNotFit => ("Passar inte den sortens part.".to_owned(), "Does not fit this kind of party.".to_owned()),
        Fault::BeyondRight => (
            "Du kan bara välja en klass som du själv får läsa.".to_owned(),
            "You can only choose a class that you may read yourself.".to_owned(),
        ),
        Fault::BeyondParent => ("Når längre än parten ovanför.".to_owned(), "Reaches further than the party above.".to_owned()),
        Fault::TermNeeded => {
            ("Ange en sista dag, från i dag och inom ett år.".to_owned(), "Give a last day, from today and within a year.".to_owned())
        }
        Fault::Unreadable => ("Går inte att läsa.".to_owned(), "Cannot be read.".to_owned()),
    };
    match language {
        Language::Swedish => sv,
        Language::English => en,
    }
}

const fn pick(language: Language, sv: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Swedish => sv,
        Language::English => en,
    }
}
