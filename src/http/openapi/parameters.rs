//! The parameters, in the bounds that `http::query` and the handlers hold them to.

use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::{ArrayBuilder, KnownFormat, ObjectBuilder, RefOr, Required, Schema, Type};

use super::build::{codes, formatted, integer, list, number, pattern, text, tuple};
use crate::analysis::change::Against;
use crate::analysis::clusters::{EPS_M, MAX_MIN_POINTS, Parameters as ClusterDefaults};
use crate::analysis::density::{BANDWIDTH_M, DEFAULT_BANDWIDTH_M};
use crate::analysis::heatmap::Statistic;
use crate::analysis::hotspots::PERMUTATIONS;
use crate::analysis::isobands::MAX_BANDS;
use crate::analysis::scan::{MAX_RADIUS_M, MAX_SHARE, Parameters as ScanDefaults};
use crate::app::places::{ALL_MAX, SEARCH_MAX};
use crate::domain::codes::{Category, Feeling, Group, Light, Perspective, Status, TimeBand, TravelMode};
use crate::domain::moderation::Moderation;
use crate::geo::axes::Axes;
use crate::geo::tile::ZOOM_MAX;
use crate::http::heatmap::{Asked, COUNTED, DEFAULT_PER, EbKind, PER, PERMUTATIONS_MOST, RINGS, against_name};
use crate::http::ogc::LIMIT;
use crate::http::query::POLYGON_VERTICES;
use crate::http::reports::PAGE;
use crate::http::scan::{ExpectationKind, PERMUTATIONS as SIMULATIONS};

macro_rules! sets {
    ($($(#[doc = $doc:literal])+ $name:ident = $parameters:expr;)+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug)]
            pub struct $name;

            impl IntoParams for $name {
                fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
                    Vec::from($parameters)
                }
            }
        )+
    };
}

sets! {
    /// The report filters.
    ReportFilters = vec![
        query("municipality", "One kommun, by its four-digit code. Needed unless `bbox` is given.", municipality()),
        listed("bbox", "West, south, east, north in degrees.", tuple([lon(), lat(), lon(), lat()], 4)),
        listed("group", "Any of these groups.", list(codes(Group::ALL.iter().map(|code| code.as_str())), Group::ALL.len())),
        listed("category", "Any of these categories; together with `group`, what is in both.", list(codes(Category::ALL.iter().map(|code| code.as_str())), 64)),
        query("feeling", "Only unsafe, or only safe.", codes(Feeling::ALL.iter().map(|code| code.as_str()))),
        query("from", "From this instant (RFC 3339) or the local midnight of this date, by when it happened, else was received.", instant()),
        query("to", "Until, exclusive; as `from`.", instant()),
        listed("hour", "Local hours.", list(integer(0, 23), 24)),
        listed("weekday", "Local weekdays; Monday is 1.", list(integer(1, 7), 24)),
        listed("month", "Local months.", list(integer(1, 12), 24)),
        listed("light", "Any of these.", list(codes(Light::ALL.iter().map(|code| code.as_str())), Light::ALL.len())),
        listed("time_band", "Any of these.", list(codes(TimeBand::ALL.iter().map(|code| code.as_str())), TimeBand::ALL.len())),
        listed("travel_mode", "Any of these.", list(codes(TravelMode::ALL.iter().map(|code| code.as_str())), TravelMode::ALL.len())),
        listed("perspective", "Any of these.", list(codes(Perspective::ALL.iter().map(|code| code.as_str())), Perspective::ALL.len())),
        query("insecurity_min", "At least this insecure.", integer(0, 3)),
        listed("focus_area", "Covered by any of these focus areas, by id.", list(formatted(KnownFormat::Uuid), 64)),
        query("polygon", &format!("Inside this ring, `lon lat,lon lat,…`, of at most {POLYGON_VERTICES} corners; it closes itself."), pattern(r"^-?[0-9]{1,3}(\.[0-9]{1,15})? -?[0-9]{1,2}(\.[0-9]{1,15})?(,-?[0-9]{1,3}(\.[0-9]{1,15})? -?[0-9]{1,2}(\.[0-9]{1,15})?){2,}$")),
        query("cell", "Counted in this cell of the heatmap: the name of its grid (`square62.5` … `square1000`, `hex50` … `hex400`, `h3r7` … `h3r11`), a hyphen and its id, as in the ids of `/ogc/collections/heatmap` without the kommun. Needs `municipality`.", pattern("^(square(62\\.5|125|250|500|1000)|hex(50|100|200|400)|h3r(7|8|9|10|11))-[0-9a-z:._-]{1,64}$")),
        listed("status", "Any of these.", list(codes(Status::ALL.iter().map(|code| code.as_str())), Status::ALL.len())),
        listed("source", "From any of these sources, such as `resident`.", list(text().max_length(Some(200)), 64)),
        query("since", "Changed after this version of the kommun.", ObjectBuilder::new().schema_type(Type::Integer).format(Some(int64()))),
    ];
    /// A page of reports.
    PageParameters = [
        query("limit", "Reports on a page.", integer(1, PAGE.1 as i64).default(Some(PAGE.0.into()))),
        query("after", "Where the page begins; taken from `next`.", pattern("^(-?[0-9]{1,19}|[0-9]{4}-Q[1-4])_[0-9a-fA-F-]{32,36}$")),
    ];
    /// A place and what is looked for near it.
    NearParameters = [
        required("lon", "Degrees.", lon()),
        required("lat", "Degrees.", lat()),
        required("category", "What.", codes(Category::ALL.iter().map(|code| code.as_str()))),
    ];
    /// A page of the moderators' queue.
    QueueParameters = [
        required("municipality", "The kommun, by its four-digit code.", municipality()),
        query("state", "Where they stand.", codes(Moderation::ALL.iter().map(|code| code.as_str())).default(Some("waiting".into()))),
        query("limit", "Reports on a page.", integer(1, PAGE.0 as i64).default(Some(20.into()))),
        query("after", "Where the page begins; taken from `next`.", pattern("^-?[0-9]{1,19}_[0-9a-fA-F-]{32,36}$")),
    ];
    /// Who looked.
    AccessParameters = [
        required("municipality", "The kommun, by its four-digit code.", municipality()),
        query("many", "Only what was one of 200 looks or more of one person within an hour.", codes(["true", "false"]).default(Some("false".into()))),
        query("limit", "Looks on a page.", integer(1, crate::http::access::PAGE.1 as i64).default(Some((crate::http::access::PAGE.0 as i64).into()))),
        query("after", "Where the page begins; taken from `next`.", pattern("^-?[0-9]{1,19}_[0-9a-fA-F-]{32,36}$")),
    ];
    /// The cells of a heatmap.
    GridParameters = [
        query("grid", "Squares in SWEREF 99 TM, H3 cells, or hexagons as ST_HexagonGrid makes them. The public has squares.", codes(["square", "h3", "hex"]).default(Some("square".into()))),
        query(
            "size_m",
            "Side in metres: 62.5, 125, 250, 500 or 1000 for squares (250 unless said otherwise; for the public 250, 500 or 1000, and 1000 unless said otherwise), 50, 100, 200 or 400 for hexagons (200). Not with `h3`.",
            ObjectBuilder::new().schema_type(Type::Number).enum_values(Some([50.0, 62.5, 100.0, 125.0, 200.0, 250.0, 400.0, 500.0, 1_000.0])),
        ),
        query("resolution", "H3 resolution, only with `grid=h3`.", integer(7, 11).default(Some(9.into()))),
query(
            "statistic",
            "Reports, or the distinct people behind them, or over one kommun, without `view`: Getis-Ord Gi* with its p and q, or local Moran's I, or the rate per inhabitant of squares of 1 km, or kernel density on squares, or the change between two periods. The public has reports.",
            codes(Asked::ALL.map(Asked::as_str)).default(Some(Asked::ALL[0].as_str().into())),
        ),
        query("of", "What hotspots, local Moran's I, rates, densities and changes are of.", codes(COUNTED.map(Statistic::as_str)).default(Some(COUNTED[0].as_str().into()))),
        query("rings", "Steps to a neighbour; only with `gi_star`, `local_moran` and `rate`.", integer(RINGS.0.into(), RINGS.1.into()).default(Some(RINGS.0.into()))),
        query("permutations", "How many chances p is held against, only with `gi_star`; the least p is 2 / (permutations + 1).", integer(99, PERMUTATIONS_MOST.into()).default(Some(PERMUTATIONS.into()))),
        query("seed", "Draws the permutations; the same seed gives the same digits.", integer(0, u32::MAX.into()).default(Some(1.into()))),
        query("per", "How many inhabitants a rate is of; only with `rate`, like the next.", integer(PER.0.into(), PER.1.into()).default(Some(DEFAULT_PER.into()))),
        query("eb", "What empirical Bayes rates are drawn towards: the rate of all squares, or of the neighbours at most `rings` steps away.", codes(EbKind::ALL.map(EbKind::as_str)).default(Some(EbKind::ALL[0].as_str().into()))),
        query("bandwidth_m", "The radius of a density's kernel in metres, not below the side of a square; only with `density`, like the next.", number(BANDWIDTH_M.0, BANDWIDTH_M.1).default(Some(DEFAULT_BANDWIDTH_M.into()))),
        query("edge_correction", "Make up for what the kernel loses beyond the study area.", codes(["true", "false"]).default(Some("false".into()))),
        query("bands", "Draw bands between so many equal levels instead of squares; only with `density`.", integer(1, MAX_BANDS as i64)),
        query("before_from", "The beginning of the earlier period; only with `change`, like the next two, which also needs `from` and `to`.", instant()),
        query("before_to", "Its end, exclusive.", instant()),
        query("against", "Hold each cell against itself before, or against the change of all cells together.", codes([Against::Before, Against::Total].map(against_name)).default(Some("before".into()))),
        listed("view", "West, south, east, north in degrees: the cells that meet this box, each whole, and perhaps a few beside it. It chooses cells, where `bbox` chooses reports; for the public both give whole cells.", tuple([lon(), lat(), lon(), lat()], 4)),
        query("public", "What everybody sees, whoever asks.", codes(["true"])),
    ];
    /// The cells of heatmap tiles.
    CellParameters = GridParameters::into_params(|| None)
        .into_iter()
        // A tile is a box already, and bands are no cells.
        .filter(|parameter| !["view", "bands"].contains(&parameter.name.as_str()))
        .collect::<Vec<_>>();
    /// A tile in the path.
    TileParameters = [
        in_path("z", "The zoom.", integer(0, ZOOM_MAX.into())),
        in_path("x", "The column, from 180° west.", integer(0, (1 << ZOOM_MAX) - 1)),
        in_path("y", "The row, from the north, and `.mvt`.", pattern(r"^(0|[1-9][0-9]{0,6})\.mvt$")),
    ];
    /// Whose focus areas.
    TileMunicipality = [query("municipality", "Only of this kommun, by its four-digit code.", municipality())];
    /// Any document under `/ogc`.
    OgcParameters = [form()];
    /// A page of features under `/ogc`; the last five are the heatmap's alone.
    ItemsParameters = {
        let mut all = vec![
            form(),
            query("limit", &format!("Features on a page, at most {}.", LIMIT.1), ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).default(Some(LIMIT.0.into()))),
            query("after", "Where the page begins; taken from `next`.", pattern("^[0-9]{4}_[0-9a-f_-]{16,53}$")),
            listed("bbox", "Lower corner, then upper corner, in the reference system of `bbox-crs`. In degrees, west may be east of east: over the antimeridian.", array(number(-1e7, 1e7), 4, 6)),
            reference_system("bbox-crs", "The reference system of `bbox`."),
            query("datetime", "An instant or an interval (RFC 3339) whose ends belong to it; `..` is an open end. What happened then, or was valid or released some of it.", text()),
            reference_system("crs", "The reference system of the geometries."),
        ];
        let filters = ReportFilters::into_params(|| None);
        all.extend(filters.into_iter().filter(|one| !matches!(one.name.as_str(), "bbox" | "polygon")));
        let grids = GridParameters::into_params(|| None).into_iter();
        all.extend(grids.filter(|one| matches!(one.name.as_str(), "grid" | "size_m" | "resolution" | "public")));
        all.push(query("statistic", "Of the heatmap: reports, or the distinct people behind them.", codes(["count", "reporters"])));
        all
    };
    /// A feature under `/ogc`.
    ItemParameters = [form(), reference_system("crs", "The reference system of the geometry.")];
    /// What makes reports a cluster.
    ClusterParameters = [
        query("eps_m", "Reports at most so many metres apart are neighbours.", number(EPS_M.0, EPS_M.1).default(Some(ClusterDefaults::default().eps_m.into()))),
        query("min_points", "A report with so many neighbours, itself counted, is the core of a cluster.", integer(1, MAX_MIN_POINTS.into()).default(Some(ClusterDefaults::default().min_points.into()))),
    ];
    /// How a kommun is scanned.
    ScanParameters = [
        query("grid", "The cells that are scanned: squares in SWEREF 99 TM, H3 cells, or hexagons.", codes(["square", "h3", "hex"]).default(Some("square".into()))),
        query("size_m", "Side in metres: of squares (250) or hexagons (200), as for the heatmap.", ObjectBuilder::new().schema_type(Type::Number).enum_values(Some([50.0, 62.5, 100.0, 125.0, 200.0, 250.0, 400.0, 500.0, 1_000.0]))),
        query("resolution", "H3 resolution, only with `grid=h3`.", integer(7, 11).default(Some(9.into()))),
        query("of", "What is counted: the distinct people of each cell, or reports.", codes(COUNTED.map(Statistic::as_str)).default(Some(COUNTED[0].as_str().into()))),
        query("against", "What is expected in a cell is in proportion to everything told there, or, in squares of 1 km, to how many live there.", codes(ExpectationKind::ALL.map(ExpectationKind::as_str)).default(Some(ExpectationKind::ALL[0].as_str().into()))),
        query("radius_share", "The greatest share of all that is expected in one circle.", number(MAX_SHARE.0, MAX_SHARE.1).default(Some(ScanDefaults::default().max_share.into()))),
        query("max_radius_m", "The greatest radius in metres: 1000, or three cells where that is more, unless said otherwise.", number(MAX_RADIUS_M.0, MAX_RADIUS_M.1)),
        query("permutations", "Simulations that p is held against; the least p is 1 / (permutations + 1).", integer(SIMULATIONS.0.into(), SIMULATIONS.1.into()).default(Some(ScanDefaults::default().permutations.into()))),
        query("seed", "Draws the simulations; the same seed gives the same digits.", integer(0, u32::MAX.into()).default(Some(1.into()))),
    ];
    /// A kommun in the path.
    MunicipalityPath = [in_path("code", "The kommun's four-digit code.", municipality())];
    /// A report in the path.
    ReportPath = [in_path("id", "The report's id.", formatted(KnownFormat::Uuid))];
    /// Something in the path.
    IdPath = [in_path("id", "Its id.", formatted(KnownFormat::Uuid))];
    /// The receipt, where it is not in a body.
    ReceiptHeader = [header("Lykta-Receipt", "The report's receipt.", text()).required(Required::True).build()];
    /// Which reading of a picture.
    PictureQuery = [query("v", "Anything: with another value a browser asks anew.", text().max_length(Some(40)))];
    /// A log-in service in the path.
    ProviderPath = [in_path("provider", "Its id.", text().max_length(Some(32)))];
    /// Where one goes after logging in.
    NextQuery = [query("next", "Which page.", codes(crate::http::oidc::NEXT))];
    /// What a log-in service sends back.
    BackQuery = [
        query("state", "As it was sent along.", text()),
        query("code", "To be traded for a token, once.", text()),
        query("iss", "Who says so (RFC 9207).", text()),
        query("error", "Why there is no code.", text()),
    ];
    /// Which kommuner.
    ActiveParameter = [query("active", "Only those that take reports here, or only those that do not.", ObjectBuilder::new().schema_type(Type::Boolean))];
    /// Which names.
    PlaceParameters = [
        query("q", "What the name begins with. Needed unless `municipality` is given.", text().max_length(Some(100))),
        query("municipality", "Only in this kommun, by its four-digit code.", municipality()),
        query("limit", &format!("Names at most; with `q` no more than {SEARCH_MAX} are given."), integer(1, ALL_MAX as i64)),
    ];
    /// The condition of a read.
    IfNoneMatch = [header("If-None-Match", "An `ETag` one has; answers 304 when nothing has changed.", text()).build()];
    /// The condition of a change.
    IfMatch = [header("If-Match", "The report's `ETag` as it was read.", pattern("^\"[0-9]{4}-[0-9]+\"$")).required(Required::True).build()];
    /// A part of a file.
    RangeHeaders = [
        header("Range", "One byte range; several, or another unit, get the whole file.", text()).build(),
        header("If-Range", "The `ETag` that the range is of.", text()).build(),
    ];
}

/// A date, or an instant.
fn instant() -> ObjectBuilder {
    pattern(
        "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9]))?$",
    )
}

fn form() -> Parameter {
    query("f", "JSON or, for people, HTML; otherwise as `Accept` says.", codes(["json", "html"]))
}

fn reference_system(name: &str, what: &str) -> Parameter {
    let systems = Axes::ALL.map(Axes::uri);
    query(name, what, codes(systems).default(Some(systems[0].into())))
}

fn array(item: ObjectBuilder, least: usize, most: usize) -> ArrayBuilder {
    list(item, most).min_items(Some(least))
}

fn int64() -> utoipa::openapi::SchemaFormat {
    utoipa::openapi::SchemaFormat::KnownFormat(KnownFormat::Int64)
}

fn municipality() -> ObjectBuilder {
    pattern("^[0-9]{4}$")
}

fn lon() -> ObjectBuilder {
    number(-180.0, 180.0)
}

fn lat() -> ObjectBuilder {
    number(-90.0, 90.0)
}

fn parameter(name: &str, place: ParameterIn, what: &str, schema: impl Into<RefOr<Schema>>) -> ParameterBuilder {
    ParameterBuilder::new().name(name).parameter_in(place).description(Some(what)).schema(Some(schema.into()))
}

fn in_path(name: &str, what: &str, schema: ObjectBuilder) -> Parameter {
    parameter(name, ParameterIn::Path, what, schema).required(Required::True).build()
}

fn query(name: &str, what: &str, schema: ObjectBuilder) -> Parameter {
    parameter(name, ParameterIn::Query, what, schema).required(Required::False).build()
}

fn required(name: &str, what: &str, schema: ObjectBuilder) -> Parameter {
    parameter(name, ParameterIn::Query, what, schema).required(Required::True).build()
}

/// A comma-separated list in one parameter.
fn listed(name: &str, what: &str, schema: ArrayBuilder) -> Parameter {
    parameter(name, ParameterIn::Query, what, schema)
        .required(Required::False)
        .style(Some(ParameterStyle::Form))
        .explode(Some(false))
        .build()
}

fn header(name: &str, what: &str, schema: ObjectBuilder) -> ParameterBuilder {
    parameter(name, ParameterIn::Header, what, schema).required(Required::False)
}
