//! Which column fills which field: by `--map field=column`, by a constant `--map field==value`, or by having the field's name.

use std::collections::BTreeMap;

use super::ImportError;
use super::source::Survey;

/// A field that an importer knows, and the column names that fill it without being told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) columns: &'static [&'static str],
    /// Filled only when told: other systems have a column of this name that means something else.
    pub(super) told: bool,
}

/// A field filled by a column of its own name.
pub(super) const fn field(name: &'static str) -> Field {
    also(name, &[])
}

/// A field filled by a column of its own name or one of these.
pub(super) const fn also(name: &'static str, columns: &'static [&'static str]) -> Field {
    Field { name, columns, told: false }
}

/// A field filled only by `--map`.
pub(super) const fn told(name: &'static str) -> Field {
    Field { name, columns: &[], told: true }
}

/// Where a field's value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filling {
    /// A column: its position in a CSV record, its name in a feature.
    Column(usize, String),
    /// The same for every row.
    Constant(String),
}

/// The fields that are filled.
#[derive(Clone, Debug, Default)]
pub(super) struct Mapping {
    fillings: BTreeMap<&'static str, Filling>,
    /// Fields that `--map` names.
    told: Vec<&'static str>,
    unused: Vec<String>,
}

/// Splits `a=b,c=d` at its commas; a piece without `=` belongs to the value before it, so that values may hold commas.
pub(super) fn pairs(texts: &[String]) -> Result<Vec<String>, ImportError> {
    let mut pairs: Vec<String> = Vec::new();
    for text in texts {
        for (at, piece) in text.split(',').enumerate() {
            match pairs.last_mut() {
                Some(last) if at > 0 && !piece.contains('=') => {
                    last.push(',');
                    last.push_str(piece);
                }
                _ if piece.contains('=') => pairs.push(piece.to_owned()),
                _ => return Err(ImportError::Request(format!("\"{piece}\" is not written as name=value"))),
            }
        }
    }
    Ok(pairs)
}

impl Mapping {
    /// Resolves what was told against what the file has.
    pub(super) fn resolve(fields: &[Field], told: &[String], survey: &Survey) -> Result<Self, ImportError> {
        let mut mapping = Self::default();
        for pair in pairs(told)? {
            let (name, value) = pair.split_once('=').unwrap_or((&pair, ""));
            let Some(field) = fields.iter().find(|field| field.name == name.trim()) else {
                let all: Vec<&str> = fields.iter().map(|field| field.name).collect();
                return Err(ImportError::Request(format!("--map: there is no field \"{name}\"; the fields are {}", all.join(", "))));
            };
            let filling = match value.strip_prefix('=') {
                Some(constant) => Filling::Constant(constant.trim().to_owned()),
                None => column(survey, value.trim())?,
            };
            mapping.told.push(field.name);
            if mapping.fillings.insert(field.name, filling).is_some() {
                return Err(ImportError::Request(format!("--map names the field {name} twice")));
            }
        }
        for field in fields.iter().filter(|field| !field.told) {
            if !mapping.fillings.contains_key(field.name) {
                let mut names = std::iter::once(&field.name).chain(field.columns);
                let found = names.find_map(|name| survey.columns.iter().position(|column| column.eq_ignore_ascii_case(name)));
                if let Some(at) = found {
                    mapping.fillings.insert(field.name, Filling::Column(at, survey.columns[at].clone()));
                }
            }
        }
        let used = |name: &String| mapping.fillings.values().any(|filling| matches!(filling, Filling::Column(_, column) if column == name));
        mapping.unused = survey.columns.iter().filter(|name| !used(name)).cloned().collect();
        Ok(mapping)
    }

    /// Where a field's value comes from; `None` when nothing fills it.
    pub(super) fn filling(&self, field: &str) -> Option<&Filling> {
        self.fillings.get(field)
    }

    /// Whether anything fills a field.
    pub(super) fn has(&self, field: &str) -> bool {
        self.fillings.contains_key(field)
    }

    /// Whether the operator named a field.
    pub(super) fn is_told(&self, field: &str) -> bool {
        self.told.contains(&field)
    }

    /// The constant that fills a field, where one does.
    pub(super) fn constant(&self, field: &str) -> Option<&str> {
        match self.fillings.get(field) {
            Some(Filling::Constant(constant)) => Some(constant),
            _ => None,
        }
    }

    /// How the columns are read, in words.
    pub(super) fn notes(&self) -> Vec<String> {
        let read: Vec<String> = self
            .fillings
            .iter()
            .map(|(field, filling)| match filling {
                Filling::Column(_, column) if column == field => (*field).to_owned(),
                Filling::Column(_, column) => format!("{field} from {column}"),
                Filling::Constant(constant) => format!("{field} always {constant}"),
            })
            .collect();
        let mut notes = vec![format!("Read: {}", read.join(", "))];
        if !self.unused.is_empty() {
            notes.push(format!("Not used: {}", self.unused.join(", ")));
        }
        notes
    }
}

fn column(survey: &Survey, name: &str) -> Result<Filling, ImportError> {
    let mut found = survey.columns.iter().enumerate().filter(|(_, column)| *column == name);
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Ok(Filling::Column(at, name.to_owned())),
        (Some(_), Some(_)) => Err(ImportError::Request(format!("the file has two columns named {name}"))),
        _ => Err(ImportError::Request(format!("the file has no column named {name}; its columns are {}", survey.columns.join(", ")))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(columns: &[&str]) -> Survey {
        Survey { columns: columns.iter().map(|column| (*column).to_owned()).collect(), ..Survey::default() }
    }

    const FIELDS: &[Field] = &[field("category"), also("lon", &["longitude"]), field("note"), told("status")];

    fn resolve(told: &[&str], columns: &[&str]) -> Result<Mapping, ImportError> {
        let told: Vec<String> = told.iter().map(|text| (*text).to_owned()).collect();
        Mapping::resolve(FIELDS, &told, &survey(columns))
    }

    #[test]
    fn what_is_told_beats_names_and_names_are_found_without_being_told() {
        let mapping = resolve(&["category=type"], &["Longitude", "category", "type"]).expect("resolved");
        assert_eq!(mapping.filling("category"), Some(&Filling::Column(2, "type".to_owned())));
        assert_eq!(mapping.filling("lon"), Some(&Filling::Column(0, "Longitude".to_owned())));
        assert!(!mapping.has("note") && mapping.is_told("category") && !mapping.is_told("lon"));
        assert_eq!(mapping.notes()[1], "Not used: category");
    }

    #[test]
    fn a_constant_may_hold_commas_and_equals() {
        let mapping = resolve(&["category==other_unsafe,note==a, b=c, d"], &[]);
        assert!(mapping.is_err(), "\" b\" is read as a field, and there is none of that name");
        let mapping = resolve(&["note==Malmö, stad", "category==x=y"], &[]).expect("resolved");
        assert_eq!((mapping.constant("note"), mapping.constant("category")), (Some("Malmö, stad"), Some("x=y")));
    }

    #[test]
    fn unknown_fields_and_columns_are_named() {
        for (told, named) in [("shoe=type", "shoe"), ("note=words", "words"), ("note", "note"), ("note=type,note==x", "twice")] {
            let error = resolve(&[told], &["type"]).expect_err(told).to_string();
            assert!(error.contains(named), "{error}");
        }
        assert!(resolve(&["note=a"], &["a", "a"]).is_err(), "which of the two?");
    }

    #[test]
    fn a_column_that_means_something_else_elsewhere_is_read_only_when_told() {
        assert!(!resolve(&[], &["status"]).expect("resolved").has("status"));
        assert!(resolve(&["status=status"], &["status"]).expect("resolved").has("status"));
    }
}
