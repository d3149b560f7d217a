//! The base map: none by default, one `.pmtiles` file served by Lykta itself, or a style of somebody else's named in the CSP.

use std::path::PathBuf;

/// The configured base map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basemap {
    /// Plain ground with the outline, place names and focus areas.
    None,
    /// A file in the PMTiles v3 format holding OpenMapTiles-schema vector tiles.
    Pmtiles {
        /// Where.
        file: PathBuf,
    },
    /// A MapLibre style on another host.
    Style {
        /// Its URL.
        url: String,
        /// The origin that the Content-Security-Policy must allow.
        origin: String,
    },
}

/// Why the setting cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BasemapError {
    /// The file cannot be read.
    #[error("LYKTA_BASEMAP {file}: {source}")]
    Io {
        /// Which.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not PMTiles v3 with vector tiles.
    #[error("LYKTA_BASEMAP {0} is not a PMTiles version 3 archive of vector tiles")]
    NotPmtiles(PathBuf),
    /// The style URL is not https.
    #[error("LYKTA_BASEMAP {0}: give `none`, the path of a .pmtiles file, or the https:// URL of a style")]
    NotAStyle(String),
}

impl Basemap {
    /// Reads the setting and checks that what it names is there.
    pub fn open(setting: &str) -> Result<Self, BasemapError> {
        if setting.is_empty() || setting == "none" {
            return Ok(Self::None);
        }
        if let Some(rest) = setting.strip_prefix("https://") {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            let plain = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'));
            // The origin goes into a header: nothing but a host may get there.
            return if plain {
                Ok(Self::Style { url: setting.to_owned(), origin: format!("https://{host}") })
            } else {
                Err(BasemapError::NotAStyle(setting.to_owned()))
            };
        }
        if setting.contains("://") {
            return Err(BasemapError::NotAStyle(setting.to_owned()));
        }
        Self::open_pmtiles(PathBuf::from(setting))
    }

    fn open_pmtiles(file: PathBuf) -> Result<Self, BasemapError> {
        use std::io::Read as _;
        let io = |source| BasemapError::Io { file: file.clone(), source };
        let mut opened = std::fs::File::open(&file).map_err(io)?;
        let mut header = [0; 127];
        let whole = opened.read_exact(&mut header).is_ok();
        // PMTiles v3: magic, version byte, and tile type 1 (MVT) at byte 99.
        if whole && header.starts_with(b"PMTiles") && header[7] == 3 && header[99] == 1 {
            Ok(Self::Pmtiles { file })
        } else {
            Err(BasemapError::NotPmtiles(file))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_clean_https_styles_reach_the_policy_header() {
        assert_eq!(Basemap::open("none").ok(), Some(Basemap::None));
        assert!(
            matches!(Basemap::open("https://tiles.example.org/styles/calm"), Ok(Basemap::Style { origin, .. }) if origin == "https://tiles.example.org")
        );
        assert!(Basemap::open("https://evil.example;script-src *").is_err());
        assert!(Basemap::open("http://tiles.example.org/style").is_err());
    }

    #[test]
    fn a_file_that_is_no_map_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("map.pmtiles");
        std::fs::write(&file, b"PMTiles\x04 and something else").expect("written");
        assert!(matches!(Basemap::open(&file.to_string_lossy()), Err(BasemapError::NotPmtiles(_))));
        assert!(matches!(Basemap::open("/nowhere/at/all.pmtiles"), Err(BasemapError::Io { .. })));
    }
}
