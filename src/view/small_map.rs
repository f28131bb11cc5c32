//! Where in France a module is offered: a small drawing of the tiles that the regions have on the map, and their names.

use serde::Serialize;

use crate::catalogue::Module;
use crate::id::TermId;
use crate::route::Route;

use super::desk::Desk;

/// Where a module is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SmallMap {
    /// How wide the drawing is.
    pub width: usize,
    /// How high it is.
    pub height: usize,
    /// A square for each region of France.
    pub squares: Vec<MapSquare>,
    /// The regions in which it is offered.
    pub regions: Vec<MapRegion>,
}

/// A region's square. Decoration: the names stand beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MapSquare {
    /// Its left edge.
    pub x: usize,
    /// Its upper edge.
    pub y: usize,
    /// How wide it is.
    pub width: usize,
    /// How high it is.
    pub height: usize,
    /// The module is offered there.
    pub on: bool,
}

/// A region in which a module is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MapRegion {
    /// The name.
    pub label: String,
    /// Its page.
    pub url: String,
    /// "5 formations": all that it offers.
    pub count_text: String,
}

/// The tiles: a region's slug, its name in few letters, then row, column, and how many columns it takes, from 1. The
/// style sheet of the large map places them likewise; a test compares.
const TILES: [(&str, &str, usize, usize, usize); 18] = [
    ("hauts-de-france", "HDF", 1, 3, 1),
    ("normandie", "NOR", 2, 2, 1),
    ("ile-de-france", "IDF", 2, 3, 1),
    ("grand-est", "GES", 2, 4, 1),
    ("bretagne", "BRE", 3, 1, 1),
    ("pays-de-la-loire", "PDL", 3, 2, 1),
    ("centre-val-de-loire", "CVL", 3, 3, 1),
    ("bourgogne-franche-comte", "BFC", 3, 4, 1),
    ("nouvelle-aquitaine", "NAQ", 4, 2, 1),
    ("auvergne-rhone-alpes", "ARA", 4, 3, 2),
    ("occitanie", "OCC", 5, 2, 2),
    ("provence-alpes-cote-d-azur", "PACA", 5, 4, 1),
    ("corse", "COR", 5, 5, 1),
    ("guadeloupe", "GUA", 6, 1, 1),
    ("martinique", "MTQ", 6, 2, 1),
    ("guyane", "GUY", 6, 3, 1),
    ("la-reunion", "REU", 6, 4, 1),
    ("mayotte", "MAY", 6, 5, 1),
];

const SIDE: usize = 20;
const GAP: usize = 4;
/// Between the regions in Europe and those overseas.
const SEA: usize = 8;
const ROWS: usize = 6;
const COLUMNS: usize = 5;

/// The name of a region in few letters.
pub(super) fn short_name(slug: &str) -> &'static str {
    TILES.iter().find(|(of, ..)| *of == slug).map_or("", |(_, short, ..)| short)
}

/// The map of a module: none when it is offered nowhere in particular, or everywhere.
pub(super) fn small_map(desk: &Desk<'_>, module: &Module) -> Option<SmallMap> {
    let regions = &module.regions;
    if desk.config.regions.is_some() || regions.is_empty() || regions.len() >= TILES.len() || !module.is_listed() {
        return None;
    }
    let names = regions.iter().filter_map(|id| desk.catalogue.terms.get(id)).filter_map(|term| {
        Some(MapRegion {
            label: desk.tidy(&term.title),
            url: desk.table.url(&Route::Term(term.id.clone(), 1))?,
            count_text: desk.phrases.count("modules", term.modules.len()),
        })
    });
    let length = |n: usize| n * SIDE + (n - 1) * GAP;
    let square = |(slug, _, row, column, span): &(&str, &str, usize, usize, usize)| MapSquare {
        x: (column - 1) * (SIDE + GAP),
        y: (row - 1) * (SIDE + GAP) + if *row == ROWS { SEA } else { 0 },
        width: length(*span),
        height: SIDE,
        on: regions.iter().any(|TermId { slug: of, .. }| of.as_str() == *slug),
    };
    Some(SmallMap {
        width: length(COLUMNS),
        height: length(ROWS) + SEA,
        squares: TILES.iter().map(square).collect(),
        regions: names.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_map_is_the_large_one() {
        let styles = include_str!("../../themes/brochure/styles/_map.scss");
        for (slug, _, row, column, span) in TILES {
            let span = if span > 1 { format!(" / auto / span {span}") } else { String::new() };
            let rule = format!(".r-{slug} {{ grid-area: {row}/{column}{span}; }}");
            assert!(styles.contains(&rule), "{rule}");
        }
    }

    #[test]
    fn every_region_of_france_has_a_tile_and_a_short_name_that_means_it() {
        let regions = crate::value::region::built_in_regions();
        assert_eq!(regions.len(), TILES.len());
        for region in regions {
            let short = short_name(&region.slug);
            let meant = crate::value::region::region_of_name(short);
            assert!(meant.is_none_or(|meant| meant.slug == region.slug), "{short} means another region");
            assert!((3..=4).contains(&short.len()), "{}: {short:?}", region.slug);
        }
    }

    #[test]
    fn no_tile_covers_another() {
        let cells = TILES.iter().flat_map(|(.., row, column, span)| (*column..column + span).map(move |at| (*row, at)));
        let cells: Vec<(usize, usize)> = cells.collect();
        let known: std::collections::BTreeSet<&(usize, usize)> = cells.iter().collect();
        assert_eq!(known.len(), cells.len());
        assert!(cells.iter().all(|(row, column)| (1..=ROWS).contains(row) && (1..=COLUMNS).contains(column)));
    }
}
