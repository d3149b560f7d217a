//! `lykta user`: people from the console, where nobody can log in yet or any more.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::{Failure, open_existing, say};
use crate::app::App;
use crate::app::directory::Assignment;
use crate::app::parties::NewParty;
use crate::app::people::{Invitation, NewPerson, PersonPatch};
use crate::domain::actor::Actor;
use crate::domain::ids::{MunicipalityCode, PartyId, PersonId};
use crate::domain::party::{Extent, Party, PartyKind};
use crate::domain::permission::Role;
use crate::domain::person;
use crate::settings::Settings;

/// What to do.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// List people and what they are
    List,
    /// List parties with their ids
    Parties,
    /// Add somebody, and print the one-time link by which they set a password
    Add {
        /// E-mail address
        login: String,
        /// Name
        #[arg(long)]
        name: String,
        /// coordinator, planner, walk_leader, kommunpolis, handler, moderator, guest or administrator
        #[arg(long)]
        role: String,
        /// For a kommun, by code; its party is made where there is none
        #[arg(long, value_name = "CODE", conflicts_with = "party")]
        municipality: Option<String>,
        /// For a party, by id (see `lykta user parties`); without either, for whoever runs this Lykta
        #[arg(long, value_name = "ID")]
        party: Option<String>,
        /// Last day, YYYY-MM-DD
        #[arg(long, value_name = "DAY")]
        until: Option<String>,
    },
    /// Print a new one-time link; the password and the sessions before it end
    Link {
        /// E-mail address
        login: String,
    },
    /// Close an account: nobody logs in with it
    Close {
        /// E-mail address
        login: String,
    },
    /// Open a closed account
    Open {
        /// E-mail address
        login: String,
    },
    /// Erase an account
    Erase {
        /// E-mail address
        login: String,
    },
}

/// Runs the verb.
pub(super) async fn run(settings: &Settings, arguments: Arguments) -> Result<ExitCode, Failure> {
    let app = open_existing(settings).await?;
    let by = Actor::System;
    match arguments.verb {
        Verb::List => list(&app).await?,
        Verb::Parties => parties(&app).await?,
        Verb::Add { login, name, role, municipality, party, until } => {
            let login = person::login(&login).map_err(|_| format!("{login} is not an e-mail address"))?;
            let role = Role::parse(&role).ok_or_else(|| format!("{role} is not a role: {}", codes(Role::ALL, Role::as_str)))?;
            let until = until.map(|day| day.parse::<Date>().map_err(|_| format!("{day} is not a date"))).transpose()?;
            let party = party_for(&app, municipality, party).await?;
            if !party.kind.roles().contains(&role) {
                let fits = codes(party.kind.roles(), Role::as_str);
                return Err(format!("{role} is no role of {} ({}): {fits}", party.name, party.kind).into());
            }
            let assignments = vec![Assignment { party: party.id, role, until }];
            let (person, link) =
                app.invite(&by, NewPerson { id: PersonId(app.new_id()?), login, name, assignments }).await.map_err(told)?;
            say(&format!("Added {} as {role} of {}.", person.login, party.name));
            say_link(settings, &link);
        }
        Verb::Link { login } => {
            let id = find(&app, &login).await?;
            say_link(settings, &app.invite_again(&by, id).await.map_err(told)?);
        }
        Verb::Close { login } => close(&app, &login, true).await?,
        Verb::Open { login } => close(&app, &login, false).await?,
        Verb::Erase { login } => {
            let id = find(&app, &login).await?;
            app.erase_person(&by, id).await.map_err(told)?;
            say("Erased the account. The change logs keep an id that tells nobody anything.");
        }
    }
    app.close().await;
    Ok(ExitCode::SUCCESS)
}

fn codes<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> String {
    all.iter().map(|code| name(*code)).collect::<Vec<_>>().join(", ")
}

/// A refusal with its faults.
fn told(error: crate::app::directory::DirectoryError) -> Failure {
    match error {
        crate::app::directory::DirectoryError::Invalid(faults) => {
            let faults: Vec<String> = faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.fault.code())).collect();
            faults.join(", ").into()
        }
        other => other.into(),
    }
}

fn say_link(settings: &Settings, link: &Invitation) {
    let base =
        if settings.base_url.is_empty() { format!("http://localhost:{}", settings.listen.port()) } else { settings.base_url.clone() };
    say(&format!("  {base}/konto#inbjudan={}", link.key));
    say(&format!("Holds once, until {}.", link.expires_at.strftime("%Y-%m-%d %H:%M UTC")));
}

async fn find(app: &App, login: &str) -> Result<PersonId, Failure> {
    let (people, _) = app.people(&Actor::System).await.map_err(told)?;
    let person = people.into_iter().find(|person| person.login == login.trim().to_lowercase());
    Ok(person.ok_or_else(|| format!("nobody has the login {login}: see `lykta user list`"))?.id)
}

async fn close(app: &App, login: &str, closed: bool) -> Result<(), Failure> {
    let id = find(app, login).await?;
    app.change_person(&Actor::System, id, PersonPatch { closed: Some(closed), ..PersonPatch::default() }).await.map_err(told)?;
    say(if closed { "Closed. Sessions and tokens have ended." } else { "Open again." });
    Ok(())
}

async fn list(app: &App) -> Result<(), Failure> {
    let (people, administered) = app.people(&Actor::System).await.map_err(told)?;
    if people.is_empty() {
        say("Nobody has an account. The first administrator is made by the link that `lykta serve` prints, or:");
        say("  lykta user add ADDRESS --name NAME --role administrator");
    }
    for person in people {
        let state = if person.closed {
            "closed"
        } else if person.active {
            "active"
        } else {
            "invited"
        };
        say(&format!("{}  {}  {state}", person.login, person.name));
        for given in &person.assignments {
            let party = administered.party(given.party).map_or("", |party| party.name.as_str());
            let until = given.until.map(|day| format!(" until {day}")).unwrap_or_default();
            say(&format!("    {} of {party}{until}", given.role));
        }
    }
    Ok(())
}

async fn parties(app: &App) -> Result<(), Failure> {
    for party in app.parties().await? {
        let where_ = match &party.extent {
            Extent::Everywhere => "everywhere".to_owned(),
            Extent::In(codes) => codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        };
        say(&format!("{}  {}  {}  {where_}", party.id, party.kind, party.name));
    }
    Ok(())
}

/// The party that was named; a kommun's own is made where there is none.
async fn party_for(app: &App, municipality: Option<String>, party: Option<String>) -> Result<Party, Failure> {
    let root = app.root().await.map_err(told)?;
    let parties = app.parties().await?;
    if let Some(text) = party {
        let found = PartyId::parse(&text).and_then(|id| parties.into_iter().find(|party| party.id == id));
        return Ok(found.ok_or_else(|| format!("no party has the id {text}: see `lykta user parties`"))?);
    }
    let Some(text) = municipality else { return Ok(root) };
    let code = MunicipalityCode::parse(&text).ok_or_else(|| format!("{text} is not a kommun's code"))?;
    let kommun = app.registry().kommun(code).cloned().ok_or_else(|| format!("there is no kommun {code}"))?;
    let of_kommun = |party: &Party| party.kind == PartyKind::Municipality && party.extent == Extent::In(vec![code]);
    if let Some(party) = parties.into_iter().find(of_kommun) {
        return Ok(party);
    }
    let new = NewParty {
        id: PartyId(app.new_id()?),
        parent: root.id,
        kind: PartyKind::Municipality,
        name: kommun.municipality.name.clone(),
        municipalities: Some(vec![code]),
        valid_until: None,
    };
    Ok(app.add_party(&Actor::System, new).await.map_err(told)?.0)
}
