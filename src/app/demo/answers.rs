//! What became of a report: older ones are mostly closed, with a reason and a short, kind public answer in Swedish.

use super::random::Dice;
use crate::domain::codes::{Category, CloseReason, Group, Status};

/// Where a report got to.
pub(super) struct Outcome {
    pub(super) status: Status,
    pub(super) reason: Option<CloseReason>,
    pub(super) answer: Option<&'static str>,
    /// Share of the time since it was received that passed before it got there.
    pub(super) after: f64,
}

/// The outcome of a report that has waited this many days.
pub(super) fn outcome(dice: &mut Dice, category: Category, age_days: f64) -> Outcome {
    let status = status(dice, category, age_days);
    let reason = dice.weighted(reasons(status));
    let wants_answer = match status {
        Status::Received => 0.0,
        Status::Acknowledged => 0.35,
        Status::Planned | Status::InProgress => 0.7,
        Status::Done | Status::Declined | Status::Forwarded | Status::Duplicate => 0.92,
    };
    let answer = dice.chance(wants_answer).then(|| dice.one_of(answers(status, reason, category.group()))).flatten();
    // An answer within some weeks, however old the report is.
    let days = dice.wait(if status.is_open() { 6.0 } else { 24.0 });
    Outcome { status, reason, answer, after: (days / age_days.max(0.01)).min(0.95) }
}

fn status(dice: &mut Dice, category: Category, age_days: f64) -> Status {
    // Half of all are closed after about ten weeks, nine tenths after two years.
    let closed = age_days / (age_days + 75.0);
    if category.group() == Group::Safe {
        let seen = age_days / (age_days + 10.0);
        return if dice.chance(closed * 0.8) {
            Status::Done
        } else if dice.chance(seen) {
            Status::Acknowledged
        } else {
            Status::Received
        };
    }
    if dice.chance(closed) {
        return dice.weighted(closings(category.group())).unwrap_or(Status::Done);
    }
    let fresh = 14.0 / (age_days + 14.0);
    let open = [
        (Status::Received, 2.5 * fresh),
        (Status::Acknowledged, 0.5),
        (Status::Planned, 0.6 * (1.0 - fresh)),
        (Status::InProgress, 0.35 * (1.0 - fresh)),
    ];
    dice.weighted(&open).unwrap_or(Status::Received)
}

/// How reports of a group tend to be closed: a lamp is mended, a loud evening is a matter for the police.
#[rustfmt::skip]
const fn closings(group: Group) -> &'static [(Status, f64)] {
    match group {
        Group::Disorder | Group::Property => &[(Status::Done, 3.0), (Status::Forwarded, 5.0), (Status::Declined, 0.7), (Status::Duplicate, 1.0)],
        Group::TrafficSpeed => &[(Status::Done, 3.0), (Status::Forwarded, 4.0), (Status::Declined, 2.5), (Status::Duplicate, 1.0)],
        Group::TrafficCrossing | Group::TrafficPath => &[(Status::Done, 5.0), (Status::Forwarded, 2.5), (Status::Declined, 2.0), (Status::Duplicate, 0.7)],
        _ => &[(Status::Done, 7.5), (Status::Forwarded, 1.2), (Status::Declined, 1.0), (Status::Duplicate, 0.8)],
    }
}

#[rustfmt::skip]
const fn reasons(status: Status) -> &'static [(CloseReason, f64)] {
    match status {
        Status::Done => &[(CloseReason::Fixed, 5.0), (CloseReason::AlreadyDone, 1.0)],
        Status::Declined => &[(CloseReason::Budget, 3.0), (CloseReason::NotFoundOnSite, 3.0), (CloseReason::Regulation, 2.0), (CloseReason::NotOurs, 1.0)],
        Status::Forwarded => &[(CloseReason::SentOn, 3.0), (CloseReason::NotOurs, 1.0)],
        Status::Duplicate => &[(CloseReason::SameAsOther, 1.0)],
        Status::Received | Status::Acknowledged | Status::Planned | Status::InProgress => &[],
    }
}

#[rustfmt::skip]
const fn answers(status: Status, reason: Option<CloseReason>, group: Group) -> &'static [&'static str] {
    match (status, reason) {
        (Status::Done, _) if matches!(group, Group::Safe) => &[
            "Tack för att du berättar vad som fungerar. Vi tar med platsen när vi planerar andra.",
            "Roligt att höra! Vi har hälsat till dem som sköter platsen.", "Tack. Platsen finns nu med bland våra goda exempel."],
        (Status::Acknowledged, _) if matches!(group, Group::Safe) => &[
            "Tack för att du berättar. Det hjälper oss att bevara det som fungerar.", "Tack, roligt att höra!"],
        (Status::Done, Some(CloseReason::AlreadyDone)) => &[
            "Tack för att du hörde av dig. Det hade precis blivit åtgärdat när vi kom dit.",
            "Tack. Platsen var redan med i den pågående ronden och är nu klar."],
        (Status::Done, _) => done(group),
        (Status::Declined, Some(CloseReason::Budget)) => &[
            "Tack. Det ryms inte i årets budget, men platsen är kvar på listan till nästa år.",
            "Vi förstår att det känns otryggt. Åtgärden får vänta till en större ombyggnad, och vi har antecknat platsen."],
        (Status::Declined, Some(CloseReason::NotFoundOnSite)) => &[
            "Vi har varit på plats två gånger utan att se felet. Hör gärna av dig igen om det kommer tillbaka.",
            "Tack. Vi hittade inget att åtgärda vid besöket, men följer platsen."],
        (Status::Declined, Some(CloseReason::Regulation)) => &[
            "Tack för förslaget. Reglerna för vägen tillåter inte den åtgärden här, men vi prövar en mindre.",
            "Förslaget går tyvärr inte att förena med gällande trafikregler på platsen."],
        (Status::Declined, _) => &["Tack. Platsen ligger på mark som kommunen inte råder över, så vi kan inte göra något själva.",
            "Marken är privat. Vi har talat om för ägaren hur platsen upplevs."],
        (Status::Forwarded, _) => forwarded(group),
        (Status::Duplicate, _) => &["Tack! Flera har berättat om samma sak. Vi har slagit ihop rapporterna och svarar på den första.",
            "Tack, det här hör ihop med en tidigare rapport som vi redan arbetar med."],
        (Status::Planned, _) => &["Tack. Åtgärden är planerad och görs när det går att arbeta på platsen.",
            "Platsen finns med i nästa planeringsmöte mellan kommun och polis.", "Vi har lagt in platsen i höstens rond.",
            "Platsen blir ett stopp på nästa trygghetsvandring."],
        (Status::InProgress, _) => &["Arbetet har börjat. Vi återkommer när det är klart.",
            "Vi är på plats och undersöker vad som går att göra.", "Beställt hos entreprenören, klart inom några veckor."],
        _ => &["Tack för din rapport. Vi tittar på platsen tillsammans med polisen.",
            "Tack! Vi har läst och tar den med till nästa lägesbild.", "Tack för att du berättar. Vi återkommer."],
    }
}

#[rustfmt::skip]
const fn done(group: Group) -> &'static [&'static str] {
    match group {
        Group::Light => &["Tack! Lamporna är bytta och vi har kontrollerat ljuset på kvällen.",
            "Belysningen är lagad. Säg gärna till om det blir mörkt igen.", "Vi har satt upp en ny armatur där ljuset tog slut.",
            "Klart. Grenarna framför lyktan är också borttagna."],
        Group::Sight => &["Buskarna är nedklippta och sikten är fri igen.", "Tack. Vi har röjt längs hela gångvägen.",
            "Häcken är klippt och kommer att skötas två gånger om året.", "Vi har satt upp en spegel och ljus vid hörnet."],
        Group::Life => &["Vi har flyttat hållplatsens bänk till den upplysta sidan.", "Fältgruppen går nu förbi här på kvällarna.",
            "Tack. Föreningen intill har fått använda lokalen på kvällarna, så nu är det mer folk i rörelse."],
        Group::Disorder => &["Kommun, fältgrupp och polis har varit på plats flera helger. Säg till om det kommer tillbaka.",
            "Bänkarna är flyttade och platsen har fått bättre ljus.",
            "Tack. Ordningsvakt och fältgrupp finns nu på plats under helgkvällarna."],
        Group::Damage => &["Klottret är sanerat. Tack för att du sa till så snabbt.", "Lagat och rengjort.",
            "Glaset är bytt och platsen städad."],
        Group::Care => &["Platsen är städad och papperskorgen töms oftare.",
            "Tack! Vi har hämtat det som dumpats och satt upp en större papperskorg.",
            "Skötseln är uppdaterad, vi städar nu även på måndagar."],
        Group::Property => &["Tack. Grannsamverkan har startat i området med stöd av kommunpolisen.",
            "Vi har bjudit in till ett möte om grannsamverkan, välkommen."],
        Group::TrafficSpeed => &["Ett farthinder är på plats. Vi mäter hastigheten igen till våren.",
            "Vi har mätt hastigheten och satt upp en skylt som visar farten.", "Polisen har haft flera kontroller på sträckan."],
        Group::TrafficCrossing => &["Övergången är ommålad och har fått bättre ljus.",
            "Vi har flyttat avlämningen så att barnen slipper korsa körbanan.",
            "Sikten är röjd och parkering förbjuden närmast korsningen."],
        Group::TrafficPath => &["Hålet är lagat. Tack för hjälpen!", "Vi har lagt om rutten för sandning så att backen tas först.",
            "Gångvägen är lagad och linjen ommålad.", "Skylten är på plats igen."],
        Group::Other | Group::Safe => &["Tack. Vi har varit på plats och åtgärdat det vi kunde.", "Dörren är lagad och går i lås igen."],
    }
}

#[rustfmt::skip]
const fn forwarded(group: Group) -> &'static [&'static str] {
    match group {
        Group::Disorder | Group::Property | Group::Other => &[
            "Tack. Vi har lämnat uppgiften vidare till kommunpolisen som tar med platsen i sin planering.",
            "Vidarebefordrad till polisens områdesansvariga. Ring polisen om något händer just nu."],
        Group::TrafficSpeed | Group::TrafficCrossing | Group::TrafficPath => &[
            "Vägen är statlig. Vi har skickat rapporten vidare till Trafikverket och följer ärendet.",
            "Vidare till väghållaren, som svarar oss inom kort."],
        _ => &["Marken ägs av ett bostadsbolag. Vi har skickat rapporten vidare dit och bett om svar.",
            "Tack. Vidarebefordrad till den som sköter platsen."],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_those_the_status_allows() {
        for status in Status::ALL {
            assert!(reasons(*status).iter().all(|(reason, _)| status.reasons().contains(reason)), "{status}");
            assert_eq!(reasons(*status).is_empty(), status.is_open());
        }
    }

    #[test]
    fn the_old_are_mostly_closed_and_the_new_mostly_not() {
        let mut dice = Dice::new(3, 4);
        let mut closed = |age| (0..1_000).filter(|_| !outcome(&mut dice, Category::Dark, age).status.is_open()).count();
        let (old, new) = (closed(700.0), closed(2.0));
        assert!(old > 850 && new < 60, "{old} {new}");
    }

    #[test]
    fn answers_hold_no_personal_data() {
        for status in Status::ALL {
            for reason in [
                None,
                Some(CloseReason::Budget),
                Some(CloseReason::Regulation),
                Some(CloseReason::NotFoundOnSite),
                Some(CloseReason::AlreadyDone),
                Some(CloseReason::NotOurs),
            ] {
                for group in Group::ALL {
                    let texts = answers(*status, reason, *group);
                    assert!(!texts.is_empty());
                    assert!(texts.iter().all(|text| !text.contains('@') && !text.contains(|c: char| c.is_ascii_digit())));
                }
            }
        }
    }
}
