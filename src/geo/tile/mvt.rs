//! Mapbox Vector Tiles 2.1, written by hand: a tile of ten thousand points takes a fifth of a millisecond.
//!
//! A tile is protocol-buffer text: layers of features, each with an optional number, tags (pairs of indices into the layer's keys and
//! values) and a geometry of commands over zigzag differences. <https://github.com/mapbox/vector-tile-spec/tree/master/2.1>

use rustc_hash::FxHashMap;

use super::EXTENT;
use super::clip::Shape;

/// The name of a property, as its layer numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u32);

/// The value of a property, as its layer numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value(u32);

/// A layer being written.
#[derive(Debug)]
pub struct Layer {
    keys: Vec<&'static str>,
    /// As they are sent, each a field of the layer.
    values: Vec<u8>,
    numbered: u32,
    texts: FxHashMap<Box<str>, Value>,
    integers: FxHashMap<i64, Value>,
    /// By their bits.
    doubles: FxHashMap<u64, Value>,
    /// The numbers of the values 0, 1, 2 …, where they have one; most integers are small.
    small: Vec<Option<Value>>,
    truth: Option<Value>,
    /// The tile up to here: room for the length of the layer, its version, its name, and the features, each a field of the layer.
    features: Vec<u8>,
    count: usize,
    scratch: Vec<u8>,
    short: [u8; ROOM],
}

/// Where the length of the layer stands until it is known.
const LENGTH: std::ops::Range<usize> = 1..6;

// Field number × 8 + 2 for what has a length, + 1 for eight bytes, + 0 for a varint.
const TILE_LAYER: u8 = 3 << 3 | 2;
const LAYER_NAME: u8 = 1 << 3 | 2;
const LAYER_FEATURE: u8 = 2 << 3 | 2;
const LAYER_KEY: u8 = 3 << 3 | 2;
const LAYER_VALUE: u8 = 4 << 3 | 2;
const LAYER_EXTENT: u8 = 5 << 3;
const LAYER_VERSION: u8 = 15 << 3;
const FEATURE_ID: u8 = 1 << 3;
const FEATURE_TAGS: u8 = 2 << 3 | 2;
const FEATURE_TYPE: u8 = 3 << 3;
const FEATURE_GEOMETRY: u8 = 4 << 3 | 2;
const VALUE_TEXT: u8 = 1 << 3 | 2;
const VALUE_DOUBLE: u8 = 3 << 3 | 1;
const VALUE_UINT: u8 = 5 << 3;
const VALUE_SINT: u8 = 6 << 3;
const VALUE_BOOL: u8 = 7 << 3;

// Command + 8 × how often.
const MOVE_TO_ONE: u64 = 1 | 1 << 3;
const LINE_TO: u64 = 2;
const CLOSE_PATH: u64 = 7 | 1 << 3;

/// Integers below this are found without a hash.
const SMALL: usize = 1_024;

const POINT: u8 = 1;
const POLYGON: u8 = 3;

impl Layer {
    /// An empty layer.
    pub fn new(name: &'static str) -> Self {
        let mut features = vec![TILE_LAYER, 0, 0, 0, 0, 0, LAYER_VERSION, 2, LAYER_NAME];
        varint(&mut features, name.len() as u64);
        features.extend_from_slice(name.as_bytes());
        Self {
            keys: Vec::new(),
            values: Vec::new(),
            numbered: 0,
            texts: FxHashMap::default(),
            integers: FxHashMap::default(),
            doubles: FxHashMap::default(),
            small: vec![None; SMALL],
            truth: None,
            features,
            count: 0,
            scratch: Vec::new(),
            short: [0; ROOM],
        }
    }

    /// How many features it has.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether it has none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// A property that features may have. Each is named once.
    pub fn key(&mut self, name: &'static str) -> Key {
        self.keys.push(name);
        Key(self.keys.len() as u32 - 1)
    }

    /// A text; the same text has the same number.
    pub fn text(&mut self, text: &str) -> Value {
        if let Some(known) = self.texts.get(text) {
            return *known;
        }
        let value = self.own_text(text);
        self.texts.insert(text.into(), value);
        value
    }

    /// A text that no other feature has, such as an id.
    pub fn own_text(&mut self, text: &str) -> Value {
        let length = text.len();
        if length + 2 < 0x80 {
            self.values.extend_from_slice(&[LAYER_VALUE, length as u8 + 2, VALUE_TEXT, length as u8]);
        } else {
            self.values.push(LAYER_VALUE);
            varint(&mut self.values, (1 + varint_len(length as u64) + length) as u64);
            self.values.push(VALUE_TEXT);
            varint(&mut self.values, length as u64);
        }
        self.values.extend_from_slice(text.as_bytes());
        self.number()
    }

    /// A whole number; the same one has the same number.
    pub fn integer(&mut self, integer: i64) -> Value {
        let small = usize::try_from(integer).ok().filter(|small| *small < SMALL);
        if let Some(known) = small.map_or_else(|| self.integers.get(&integer).copied(), |small| self.small[small]) {
            return known;
        }
        let (kind, bits) = match u64::try_from(integer) {
            Ok(bits) => (VALUE_UINT, bits),
            Err(_) => (VALUE_SINT, (integer << 1 ^ integer >> 63) as u64),
        };
        self.values.push(LAYER_VALUE);
        self.values.push(1 + varint_len(bits) as u8);
        self.values.push(kind);
        varint(&mut self.values, bits);
        let value = self.number();
        match small {
            Some(small) => self.small[small] = Some(value),
            None => _ = self.integers.insert(integer, value),
        }
        value
    }

    /// A number with decimals; the same one has the same number.
    pub fn double(&mut self, double: f64) -> Value {
        if let Some(known) = self.doubles.get(&double.to_bits()) {
            return *known;
        }
        self.values.extend_from_slice(&[LAYER_VALUE, 9, VALUE_DOUBLE]);
        self.values.extend_from_slice(&double.to_le_bytes());
        let value = self.number();
        self.doubles.insert(double.to_bits(), value);
        value
    }

    /// `true`; what is not so is left out.
    pub fn yes(&mut self) -> Value {
        if let Some(known) = self.truth {
            return known;
        }
        self.values.extend_from_slice(&[LAYER_VALUE, 2, VALUE_BOOL, 1]);
        let value = self.number();
        self.truth = Some(value);
        value
    }

    fn number(&mut self) -> Value {
        self.numbered += 1;
        Value(self.numbered - 1)
    }

    /// Adds a point, in units.
    pub fn point(&mut self, id: Option<u64>, at: [i32; 2], tags: &[(Key, Value)]) {
        if tags.len() <= Pen::TAGS {
            let mut pen = Pen { bytes: &mut self.short, at: 2 };
            pen.begin(id, tags);
            let length = pen.at;
            pen.at += 1;
            pen.byte(MOVE_TO_ONE as u8);
            pen.varint(zigzag(at[0]));
            pen.varint(zigzag(at[1]));
            pen.bytes[length] = (pen.at - length - 1) as u8;
            (pen.bytes[0], pen.bytes[1]) = (LAYER_FEATURE, pen.at as u8 - 2);
            let end = pen.at;
            self.features.extend_from_slice(&self.short[..end]);
            self.count += 1;
            return;
        }
        let geometry = [MOVE_TO_ONE, zigzag(at[0]), zigzag(at[1])];
        let mut body = std::mem::take(&mut self.scratch);
        body.clear();
        begin(&mut body, id, tags, POINT);
        body.push(geometry.iter().map(|number| varint_len(*number)).sum::<usize>() as u8);
        for number in geometry {
            varint(&mut body, number);
        }
        self.push(body);
    }

    /// Adds polygons as one feature, in units; nothing when there are none.
    pub fn polygons(&mut self, id: Option<u64>, shapes: &[Shape], tags: &[(Key, Value)]) {
        if shapes.is_empty() {
            return;
        }
        let mut geometry = Vec::with_capacity(shapes.iter().flatten().map(|ring| 4 * ring.len() + 8).sum());
        let mut cursor = [0; 2];
        for ring in shapes.iter().flatten() {
            for (at, corner) in ring.iter().enumerate() {
                match at {
                    0 => varint(&mut geometry, MOVE_TO_ONE),
                    1 => varint(&mut geometry, LINE_TO | (ring.len() as u64 - 1) << 3),
                    _ => {}
                }
                varint(&mut geometry, zigzag(corner[0] - cursor[0]));
                varint(&mut geometry, zigzag(corner[1] - cursor[1]));
                cursor = *corner;
            }
            varint(&mut geometry, CLOSE_PATH);
        }
        let mut body = std::mem::take(&mut self.scratch);
        body.clear();
        begin(&mut body, id, tags, POLYGON);
        varint(&mut body, geometry.len() as u64);
        body.extend_from_slice(&geometry);
        self.push(body);
    }

    fn push(&mut self, body: Vec<u8>) {
        self.features.push(LAYER_FEATURE);
        varint(&mut self.features, body.len() as u64);
        self.features.extend_from_slice(&body);
        self.count += 1;
        self.scratch = body;
    }

    /// The tile that holds this layer alone; no bytes, which is an empty tile, when nothing is in it.
    pub fn into_tile(self) -> Vec<u8> {
        if self.is_empty() {
            return Vec::new();
        }
        let Self { features: mut tile, keys, values, .. } = self;
        for key in &keys {
            tile.push(LAYER_KEY);
            varint(&mut tile, key.len() as u64);
            tile.extend_from_slice(key.as_bytes());
        }
        tile.extend_from_slice(&values);
        tile.push(LAYER_EXTENT);
        varint(&mut tile, EXTENT as u64);
        // The length, and then the layer up to it: what room it does not take is closed.
        let mut length = Vec::with_capacity(5);
        varint(&mut length, (tile.len() - LENGTH.end) as u64);
        tile.splice(LENGTH, length);
        tile
    }
}

/// Bytes that hold any short feature.
const ROOM: usize = 128;

/// Writes a feature that is known to be short: into a piece of fixed size, without asking at every byte for room.
struct Pen<'a> {
    bytes: &'a mut [u8; ROOM],
    at: usize,
}

impl Pen<'_> {
    /// With so many tags of ten bytes each, an id and a point, it stays below 127 bytes: room enough, and a length of one byte.
    const TAGS: usize = 8;

    fn begin(&mut self, id: Option<u64>, tags: &[(Key, Value)]) {
        if let Some(id) = id {
            self.byte(FEATURE_ID);
            self.varint(id);
        }
        if !tags.is_empty() {
            self.byte(FEATURE_TAGS);
            let length = self.at;
            self.at += 1;
            for (key, value) in tags {
                self.varint(key.0.into());
                self.varint(value.0.into());
            }
            self.bytes[length % ROOM] = (self.at - length - 1) as u8;
        }
        self.byte(FEATURE_TYPE);
        self.byte(POINT);
        self.byte(FEATURE_GEOMETRY);
    }

    fn byte(&mut self, byte: u8) {
        // The remainder is itself, and tells the compiler that there is room.
        self.bytes[self.at % ROOM] = byte;
        self.at += 1;
    }

    fn varint(&mut self, mut number: u64) {
        if number < 1 << 14 {
            // One byte or two without a guess which.
            let two = number > 0x7f;
            self.bytes[self.at % ROOM] = number as u8 & 0x7f | u8::from(two) << 7;
            self.bytes[(self.at + 1) % ROOM] = (number >> 7) as u8;
            self.at += 1 + usize::from(two);
            return;
        }
        while number > 0x7f {
            self.byte(number as u8 | 0x80);
            number >>= 7;
        }
        self.byte(number as u8);
    }
}

/// The fields of a feature up to the length of its geometry.
fn begin(body: &mut Vec<u8>, id: Option<u64>, tags: &[(Key, Value)], kind: u8) {
    if let Some(id) = id {
        body.push(FEATURE_ID);
        varint(body, id);
    }
    if !tags.is_empty() {
        body.push(FEATURE_TAGS);
        let length: usize = tags.iter().map(|(key, value)| varint_len(key.0.into()) + varint_len(value.0.into())).sum();
        varint(body, length as u64);
        for (key, value) in tags {
            varint(body, key.0.into());
            varint(body, value.0.into());
        }
    }
    body.extend_from_slice(&[FEATURE_TYPE, kind, FEATURE_GEOMETRY]);
}

/// Small numbers of either sign as small numbers: 0, −1, 1, −2 …
fn zigzag(number: i32) -> u64 {
    u64::from((number << 1 ^ number >> 31) as u32)
}

/// Seven bits a byte, lowest first; all but the last have the eighth.
fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// How many bytes a varint takes.
fn varint_len(number: u64) -> usize {
    (70 - (number | 1).leading_zeros() as usize) / 7
}
