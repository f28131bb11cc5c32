//! The regions of France: their codes, their départements, and all that people write for them.
//!
//! This is constant data. A site may have regions of its own; joining the two lists is not done here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::fold::fold;

/// A region of France.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BuiltInRegion {
    /// The INSEE code: text, as its leading zero counts. Never mix it with the code of a département.
    pub code: String,
    /// The ISO 3166-2 code, "FR-HDF".
    pub iso: String,
    /// The name in French.
    pub name: String,
    /// The name in an address.
    pub slug: String,
    /// On the continent or overseas.
    pub zone: Zone,
    /// The IANA name of the time zone.
    pub time_zone: String,
    /// What else people write for it, former regions included.
    pub synonyms: Vec<String>,
    /// Its départements, in the order of their codes.
    pub departements: Vec<Departement>,
}

/// A département of a region, written `["59", "Nord"]` in the data.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(from = "(String, String)")]
pub struct Departement {
    /// Its code: "59", "2A", "971".
    pub code: String,
    /// Its name.
    pub name: String,
}

impl From<(String, String)> for Departement {
    fn from((code, name): (String, String)) -> Self {
        Self { code, name }
    }
}

/// Where a region lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Zone {
    /// In Europe, Corsica included.
    #[serde(rename = "metropole")]
    Metropolitan,
    /// Overseas.
    #[serde(rename = "outre-mer")]
    Overseas,
}

#[derive(Default, Deserialize)]
struct Data {
    region: Vec<BuiltInRegion>,
}

// A test proves that the data can be read; a release whose data cannot be would know no region, and not fall over.
static REGIONS: LazyLock<Vec<BuiltInRegion>> =
    LazyLock::new(|| toml::from_str::<Data>(include_str!("regions.toml")).unwrap_or_default().region);

/// Where in [`REGIONS`] a name leads: the region, and the département if the name is one's.
type Place = (usize, Option<usize>);

static NAMES: LazyLock<BTreeMap<String, Place>> = LazyLock::new(|| {
    let mut names = BTreeMap::new();
    for (at, region) in REGIONS.iter().enumerate() {
        for (within, departement) in region.departements.iter().enumerate() {
            for name in [&departement.code, &departement.name] {
                names.insert(fold(name), (at, Some(within)));
            }
        }
    }
    for (at, region) in REGIONS.iter().enumerate() {
        let iso = region.iso.trim_start_matches("FR-");
        let own = [region.name.as_str(), region.slug.as_str(), region.iso.as_str(), iso];
        for name in own.into_iter().chain(region.synonyms.iter().map(String::as_str)) {
            names.entry(fold(name)).or_insert((at, None));
        }
    }
    names
});

/// The 18 regions, in the order of their names; those overseas come last.
pub fn built_in_regions() -> &'static [BuiltInRegion] {
    &REGIONS
}

/// The region that a text names: by its name, a former or short name, its ISO code, or a département of it.
///
/// INSEE codes of regions are not read: "84" is the département of Vaucluse to everyone but INSEE.
///
/// ```
/// use brochure::value::region::region_of_name;
/// for text in ["Hauts de France", "HDF", "Picardie", "59", "pas-de-calais", "FR-HDF"] {
///     assert_eq!(region_of_name(text).unwrap().slug, "hauts-de-france");
/// }
/// ```
pub fn region_of_name(text: &str) -> Option<&'static BuiltInRegion> {
    let (region, _) = place(text)?;
    REGIONS.get(region)
}

/// The region of a département, which is given by its code or its name.
pub fn region_of_departement(text: &str) -> Option<&'static BuiltInRegion> {
    let (region, departement) = place(text)?;
    departement.and(REGIONS.get(region))
}

/// The département that a code ("67", "2A", "971") or a name stands for.
pub fn departement_of_name(text: &str) -> Option<&'static Departement> {
    let (region, departement) = place(text)?;
    REGIONS.get(region)?.departements.get(departement?)
}

/// The region that a postcode lies in.
pub fn region_of_postcode(text: &str) -> Option<&'static BuiltInRegion> {
    region_of_departement(&departement_of_postcode(text)?.code)
}

/// The département that a postcode lies in; none for what is no region's, as Monaco or Saint-Martin.
///
/// A few communes have a postcode of the département next to theirs, so a département that is written wins.
pub fn departement_of_postcode(text: &str) -> Option<&'static Departement> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 5 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let code = match &digits[..3] {
        "200" | "201" => "2A",
        "202" | "206" => "2B",
        // Saint-Barthélemy and Saint-Martin kept the postcodes they had when they were Guadeloupe's.
        "971" if matches!(digits.as_str(), "97133" | "97150") => return None,
        overseas if overseas.starts_with("97") => overseas,
        mainland => &mainland[..2],
    };
    departement_of_name(code)
}

/// Looks a name up as it is, then without what people put before it.
fn place(text: &str) -> Option<Place> {
    let folded = fold(text);
    let known = |name: &str| NAMES.get(name).copied();
    known(&folded)
        .or_else(|| known(LEADS.iter().find_map(|lead| folded.strip_prefix(lead))?))
        // YAML takes `01` for the number 1.
        .or_else(|| (folded.len() == 1).then(|| known(&format!("0{folded}"))).flatten())
}

/// What may stand before a name, longest first.
const LEADS: [&str; 11] = [
    "fr ",
    "la region ",
    "region de la ",
    "region ",
    "departement de la ",
    "departement de l ",
    "departement du ",
    "departement de ",
    "departement ",
    "les ",
    "la ",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, slug: Option<&str>) {
        assert_eq!(region_of_name(text).map(|region| region.slug.as_str()), slug, "{text:?}");
    }

    #[test]
    fn the_data_is_whole() {
        let regions = built_in_regions();
        assert_eq!(regions.len(), 18);
        assert_eq!(regions.iter().map(|region| region.departements.len()).sum::<usize>(), 101);
        assert_eq!(regions.iter().filter(|region| region.zone == Zone::Overseas).count(), 5);
        for region in regions {
            assert_eq!(crate::id::Slug::from_text(&region.name).expect("a value for the test").as_str(), region.slug);
            assert!(jiff::tz::TimeZone::get(&region.time_zone).is_ok(), "{}", region.time_zone);
        }
    }

    #[test]
    fn every_name_leads_to_its_own_region() {
        for region in built_in_regions() {
            let own = [&region.name, &region.slug, &region.iso];
            let places = region.departements.iter().flat_map(|place| [&place.code, &place.name]);
            for name in own.into_iter().chain(&region.synonyms).chain(places) {
                check(name, Some(&region.slug));
                check(&name.to_uppercase(), Some(&region.slug));
            }
            for place in &region.departements {
                for name in [&place.code, &place.name] {
                    assert_eq!(region_of_departement(name), Some(region), "{name}");
                    assert_eq!(departement_of_name(name), Some(place), "{name}");
                }
            }
        }
    }

    #[test]
    fn no_name_stands_for_two_regions() {
        let mut slugs_by_name = BTreeMap::new();
        for region in built_in_regions() {
            let own = [&region.name, &region.slug, &region.iso];
            let places = region.departements.iter().flat_map(|place| [&place.code, &place.name]);
            for name in own.into_iter().chain(&region.synonyms).chain(places) {
                let first = slugs_by_name.entry(fold(name)).or_insert(&region.slug);
                assert_eq!(*first, &region.slug, "{name}");
            }
        }
    }

    #[test]
    fn people_write_regions_in_many_ways() {
        let written = [
            ("Hauts de France", "hauts-de-france"),
            ("les Hauts-de-France", "hauts-de-france"),
            ("Région Hauts-de-France", "hauts-de-france"),
            ("nord pas de calais", "hauts-de-france"),
            ("Ile de France", "ile-de-france"),
            ("région parisienne", "ile-de-france"),
            ("PACA", "provence-alpes-cote-d-azur"),
            ("Région Sud", "provence-alpes-cote-d-azur"),
            ("Provence-Alpes-Côte d’Azur", "provence-alpes-cote-d-azur"),
            ("Réunion", "la-reunion"),
            ("Guyane française", "guyane"),
            ("Région Centre", "centre-val-de-loire"),
            ("Région Bretagne", "bretagne"),
            ("département de la Somme", "hauts-de-france"),
            ("département du Nord", "hauts-de-france"),
            ("la Manche", "normandie"),
            ("01", "auvergne-rhone-alpes"),
            ("1", "auvergne-rhone-alpes"),
            ("84", "provence-alpes-cote-d-azur"),
            ("2a", "corse"),
            ("974", "la-reunion"),
            ("FR-59", "hauts-de-france"),
        ];
        for (text, slug) in written {
            check(text, Some(slug));
        }
        for text in ["", "Wallonie", "96", "975", "0", "France", "région", "départements"] {
            check(text, None);
        }
    }

    #[test]
    fn a_region_is_not_a_departement() {
        assert!(region_of_departement("Bretagne").is_none());
        assert!(region_of_departement("HDF").is_none());
        assert_eq!(region_of_departement("Guadeloupe").map(|region| region.iso.as_str()), Some("FR-971"));
    }

    #[test]
    fn postcodes_lead_to_a_departement() {
        let postcodes = [
            ("59000", Some("59")),
            ("01 000", Some("01")),
            ("20000", Some("2A")),
            ("20137", Some("2A")),
            ("20200", Some("2B")),
            ("20600", Some("2B")),
            ("20300", None),
            ("97100", Some("971")),
            ("97133", None),
            ("97150", None),
            ("97400", Some("974")),
            ("97600", Some("976")),
            ("97500", None),
            ("98000", None),
            ("98800", None),
            ("00100", None),
            ("96000", None),
            ("5900", None),
            ("590000", None),
            ("2A000", None),
            ("é0000", None),
        ];
        for (postcode, code) in postcodes {
            assert_eq!(departement_of_postcode(postcode).map(|place| place.code.as_str()), code, "{postcode}");
        }
        assert_eq!(region_of_postcode("67000").map(|region| region.slug.as_str()), Some("grand-est"));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", digits in "[0-9é ]{0,7}") {
            let _ = (region_of_name(&text), region_of_departement(&text), departement_of_postcode(&text));
            let _ = (region_of_name(&digits), departement_of_postcode(&digits));
        }
    }
}
