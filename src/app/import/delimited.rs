//! CSV: records separated by comma, semicolon or tab, whichever the first line uses most; the first line names the columns.

use std::sync::Arc;

use csv::ByteRecord;

use super::row::{Body, Row};
use super::source::{Bounded, Stopped};

/// The separator: the one that stands most often in the first line, outside quotes.
pub(super) fn sniff(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in head.iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')) {
        if *byte == b'"' {
            quoted = !quoted;
        } else if !quoted && let Some((_, count)) = counts.iter_mut().find(|(separator, _)| separator == byte) {
            *count += 1;
        }
    }
    // Of equals the first, so that a file with one column is comma-separated.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator)
}

fn records(reader: Bounded, delimiter: u8) -> csv::Reader<Bounded> {
    csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(reader)
}

/// The names of the columns.
pub(super) fn header(reader: Bounded, delimiter: u8) -> Result<Vec<String>, String> {
    let mut first = ByteRecord::new();
    if !records(reader, delimiter).read_byte_record(&mut first).map_err(|error| error.to_string())? {
        return Err("empty: the first line must name the columns".to_owned());
    }
    first
        .iter()
        .map(|name| std::str::from_utf8(name).map(|name| name.trim().to_owned()))
        .collect::<Result<_, _>>()
        .map_err(|_| "its first line is not UTF-8: save the file as UTF-8".to_owned())
}

/// Hands every record after the first to `each`.
pub(super) fn for_each(reader: Bounded, delimiter: u8, each: &mut dyn FnMut(Row, u64) -> bool) -> Result<(), Stopped> {
    let taken = reader.taken();
    let mut records = records(reader, delimiter);
    let (mut header, mut number) = (None, 0);
    loop {
        let mut record = ByteRecord::new();
        if !records.read_byte_record(&mut record).map_err(|error| Some(error.to_string()))? {
            return Ok(());
        }
        taken.next_row();
        let Some(header) = &header else {
            header = Some(Arc::new(record.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect::<Vec<_>>()));
            continue;
        };
        number += 1;
        let size = record.as_slice().len() as u64;
        if !each(Row { number, body: Body::from_csv(record, header) }, size) {
            return Err(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_the_first_line_uses_most() {
        for (line, separator) in [("a,b,c\n1;2;3;4", b','), ("a;b;\"c,d,e,f\"", b';'), ("a\tb,x\tc", b'\t'), ("alone", b','), ("", b',')] {
            assert_eq!(sniff(line.as_bytes()), separator, "{line}");
        }
    }
}
