//! What a module costs, to whom, where and on which condition.

use crate::diagnostic::{Code, Placed};
use crate::value::price::{Price, PriceUnit, UNITS, VATS, Vat};
use crate::yaml::{Field, Form, Key, MapForm, Reader};

/// The key under which prices stand.
pub static PRICE_KEY: Key = Key::new("price", "tarif").also(&["prices", "tarifs", "prix"]);

static AMOUNT: Key = Key::new("amount", "montant");
pub(crate) static UNIT: Key = Key::new("unit", "unité").also(&["par"]);
pub(crate) static VAT: Key = Key::new("vat", "tva");
static FREE: Key = Key::new("free", "gratuit");
pub(crate) static QUOTE: Key = Key::new("quote", "devis").also(&["sur-devis"]);
pub(crate) static CONDITION: Key = Key::new("condition", "condition").also(&["conditions"]);
static REGIONS: Key = Key::new("regions", "régions").also(&["region", "région"]);
static AUDIENCES: Key = Key::new("audiences", "publics").also(&["audience", "public"]);
static DELIVERY: Key = Key::new("delivery", "organisation");
static NOTE: Key = Key::new("note", "note").also(&["text", "texte"]);
static CURRENCY: Key = Key::new("currency", "devise");

/// The form of what stands under it.
pub static PRICES: Form = Form::List(&Form::Either(&[&Form::Amount, &Form::Map(&PRICE)]));

static PRICE: MapForm = MapForm::new(
    "price",
    &[
        (&AMOUNT, &Form::Amount),
        (&UNIT, &Form::Proposed(&UNITS)),
        (&VAT, &Form::Proposed(&VATS)),
        (&FREE, &Form::Boolean),
        (&QUOTE, &Form::Boolean),
        (&CONDITION, &Form::Text),
        (&REGIONS, &Form::TEXTS),
        (&AUDIENCES, &Form::TEXTS),
        (&DELIVERY, &DELIVERY_FORM),
        (&NOTE, &Form::Text),
        (&CURRENCY, &Form::Anything),
    ],
);

/// The form of ways of delivery.
pub static DELIVERY_FORM: Form = Form::List(&Form::Proposed(&DELIVERIES));

static DELIVERIES: &[(Delivery, &[&str])] = &[
    (Delivery::Inter, &["inter", "inter-établissements", "inter-entreprises"]),
    (Delivery::Intra, &["intra", "intra-établissement", "sur site"]),
    (Delivery::Individual, &["individuel", "individual"]),
];

/// A price with whom and what it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceEntry {
    /// The price itself.
    pub price: Price,
    /// Only in these regions.
    pub regions: Vec<Placed<String>>,
    /// Only for these audiences.
    pub audiences: Vec<Placed<String>>,
    /// Only for these ways of delivery.
    pub delivery: Vec<Delivery>,
}

/// How a module is organised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Open to people of several employers.
    Inter,
    /// For one employer's team, on its premises.
    Intra,
    /// For one person.
    Individual,
}

/// Reads `inter`, `intra`, `individuel`, one or several. Other words are reported, and given back as text.
pub fn read_deliveries(field: &Field<'_>, reader: &mut Reader<'_>) -> (Vec<Delivery>, Vec<String>) {
    let (mut known, mut others) = (Vec::new(), Vec::new());
    for item in field.items() {
        match item.choice(DELIVERIES, reader) {
            Some(delivery) => known.push(delivery),
            None => others.extend(item.node.scalar()),
        }
    }
    (known, others)
}

/// Reads one price or a list of them, short (`450 € HT par personne`) or long.
pub fn read_prices(field: &Field<'_>, reader: &mut Reader<'_>) -> Vec<PriceEntry> {
    let mut prices: Vec<PriceEntry> = field.items().iter().filter_map(|item| read_price(item, reader)).collect();
    prices.shrink_to_fit();
    prices
}

fn read_price(item: &Field<'_>, reader: &mut Reader<'_>) -> Option<PriceEntry> {
    let Some(mut fields) = item.fields() else {
        let price = short_price(item, reader)?;
        return Some(PriceEntry { price, regions: Vec::new(), audiences: Vec::new(), delivery: Vec::new() });
    };
    // The amount may be written like a short form ("450 € HT"): what it says beside the number counts.
    let mut price = fields.take(&AMOUNT, reader).and_then(|field| short_price(&field, reader)).unwrap_or_default();
    let amount_was_text = price.amount.is_none();
    // What is no known word is shown as it is written, beside the price.
    let mut notes: Vec<String> = Vec::new();
    let unit = fields.take(&UNIT, reader);
    price.unit = unit.and_then(|field| word(&field, PriceUnit::from_word, &mut notes, reader)).or(price.unit);
    let vat = fields.take(&VAT, reader);
    price.vat = vat.and_then(|field| word(&field, Vat::from_word, &mut notes, reader)).or(price.vat);
    price.free |= fields.take(&FREE, reader).and_then(|field| field.boolean(reader)).unwrap_or_default();
    price.quote |= fields.take(&QUOTE, reader).and_then(|field| field.boolean(reader)).unwrap_or_default();
    price.condition = fields.take(&CONDITION, reader).and_then(|field| field.text(reader)).or(price.condition);
    notes.extend(fields.take(&NOTE, reader).and_then(|field| field.text(reader)));
    if !amount_was_text {
        price.text = None;
    }
    let regions = fields.take(&REGIONS, reader).map(|field| field.placed_texts(reader)).unwrap_or_default();
    let audiences = fields.take(&AUDIENCES, reader).map(|field| field.placed_texts(reader)).unwrap_or_default();
    let delivery = fields.take(&DELIVERY, reader).map(|field| read_deliveries(&field, reader));
    let (delivery, others) = delivery.unwrap_or_default();
    notes.extend(others);
    price.note = (!notes.is_empty()).then(|| notes.join(", "));
    fields.take(&CURRENCY, reader);
    fields.finish(&PRICE, reader);
    Some(PriceEntry { price, regions, audiences, delivery })
}

/// A word of a fixed list, which `meaning` knows; any other goes to `others`.
fn word<T>(
    field: &Field<'_>,
    meaning: fn(&str) -> Option<T>,
    others: &mut Vec<String>,
    reader: &mut Reader<'_>,
) -> Option<T> {
    let text = field.text(reader)?;
    let known = meaning(&text);
    if known.is_none() {
        let diagnostic = reader.about(Code::UnknownValue, field).arg("value", &text);
        reader.report(diagnostic.message("message-word").help("help-word"));
        others.push(text);
    }
    known
}

/// A short form; words that are none are kept as they are.
fn short_price(field: &Field<'_>, reader: &mut Reader<'_>) -> Option<Price> {
    let text = field.text(reader)?;
    match Price::parse(&text) {
        Ok(Some(price)) => Some(price),
        Ok(None) => Some(Price { text: Some(text), ..Price::default() }),
        Err(_) => {
            reader.report(reader.about(Code::InvalidNumber, field).arg("value", text));
            None
        }
    }
}
