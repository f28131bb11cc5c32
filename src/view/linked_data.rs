//! What a page says to machines: schema.org, as JSON-LD in one `@graph`.
//!
//! Every value stands on the page as well. Addresses are whole, so a site that does not say its own has none of this.

use serde_json::{Map, Value, json};

use crate::catalogue::{Module, NewsPost, Organisation, Session};
use crate::document::{Kind, Mode};
use crate::entry::{PriceEntry, SessionStatus};
use crate::id::TermId;
use crate::route::Route;
use crate::value::Decimal;

use super::desk::Desk;
use super::shell::Frame;

/// The graph of a page, safe inside a `<script>`; none where there is nothing to say.
pub(super) fn graph(desk: &Desk<'_>, route: &Route, frame: &Frame) -> Option<String> {
    let base = desk.config.base_url.as_ref()?.as_str();
    if frame.noindex {
        return None;
    }
    let mut graph: Vec<Value> = Vec::new();
    match route {
        Route::Home => graph.push(web_site(desk, base)),
        Route::Module(id) => {
            let module = desk.catalogue.modules.get(id)?;
            // Only what is taught is a course; other kinds have no type that fits them all.
            if matches!(module.matter().kind, Kind::Training | Kind::Pathway) && module.matter().kind_text.is_none() {
                graph.push(course(desk, base, module, frame));
            }
        }
        Route::NewsPost(id) => graph.push(article(desk, base, desk.post(id)?.1, frame)),
        _ => {}
    }
    graph.extend(breadcrumb(base, frame));
    if graph.is_empty() {
        return None;
    }
    let document = json!({ "@context": "https://schema.org", "@graph": graph });
    // Nothing in it can end the script or begin another.
    Some(document.to_string().replace('<', "\\u003c"))
}

fn breadcrumb(base: &str, frame: &Frame) -> Option<Value> {
    let items: Vec<Value> = (1..)
        .zip(&frame.crumbs)
        .map(|(position, crumb)| {
            let mut item = thing("ListItem");
            item.insert("position".into(), json!(position));
            item.insert("name".into(), json!(crumb.label));
            put(&mut item, "item", crumb.url.as_ref().map(|url| format!("{base}{url}")));
            Value::Object(item)
        })
        .collect();
    (items.len() > 1).then(|| json!({ "@type": "BreadcrumbList", "itemListElement": items }))
}

fn web_site(desk: &Desk<'_>, base: &str) -> Value {
    let mut site = thing("WebSite");
    site.insert("name".into(), json!(desk.site_title));
    site.insert("url".into(), json!(base));
    site.insert("inLanguage".into(), json!(desk.config.lang.code()));
    put(&mut site, "description", desk.tidy_option(desk.config.description.as_ref()));
    site.insert("publisher".into(), publisher(desk, base));
    Value::Object(site)
}

/// The site's own provider; without one, the site itself.
fn publisher(desk: &Desk<'_>, base: &str) -> Value {
    let provider = desk.catalogue.provider.as_ref().and_then(|id| desk.catalogue.organisations.get(id));
    match provider {
        Some(provider) => organisation(desk, base, provider),
        None => json!({ "@type": "EducationalOrganization", "name": desk.site_title, "url": base }),
    }
}

fn organisation(desk: &Desk<'_>, base: &str, organisation: &Organisation) -> Value {
    let mut value = thing("EducationalOrganization");
    value.insert("name".into(), json!(desk.tidy(&organisation.name)));
    let matter = organisation.matter();
    put(&mut value, "legalName", desk.tidy_option(matter.and_then(|matter| matter.legal_name.as_ref())));
    let page = desk.table.url(&Route::Organisation(organisation.id.clone(), 1)).map(|url| format!("{base}{url}"));
    put(&mut value, "url", matter.and_then(|matter| matter.url.clone()).or(page));
    Value::Object(value)
}

fn course(desk: &Desk<'_>, base: &str, module: &Module, frame: &Frame) -> Value {
    let matter = module.matter();
    let mut course = thing("Course");
    put(&mut course, "@id", frame.canonical_absolute.as_ref().map(|url| format!("{url}#course")));
    put(&mut course, "url", frame.canonical_absolute.clone());
    course.insert("name".into(), json!(desk.tidy(&module.title)));
    put(&mut course, "description", super::cards::summary(desk, module));
    put(&mut course, "courseCode", matter.code.clone());
    course.insert("inLanguage".into(), json!(matter.lang.as_deref().unwrap_or(desk.config.lang.code())));
    let provider = module.provider.as_ref().and_then(|part| desk.catalogue.organisations.get(&part.organisation));
    let provider = provider.map_or_else(|| publisher(desk, base), |provider| organisation(desk, base, provider));
    course.insert("provider".into(), provider);
    let contributors: Vec<Value> = module
        .partners
        .iter()
        .filter_map(|part| desk.catalogue.organisations.get(&part.organisation))
        .map(|partner| organisation(desk, base, partner))
        .collect();
    put_list(&mut course, "contributor", contributors);
    put_list(&mut course, "about", terms(desk, &module.topics));
    let audiences = terms(desk, &module.audiences).into_iter();
    let audiences = audiences.map(|name| json!({ "@type": "EducationalAudience", "educationalRole": name }));
    put_list(&mut course, "audience", audiences.collect());
    put_list(&mut course, "coursePrerequisites", prerequisites(desk, module));
    put(&mut course, "educationalCredentialAwarded", desk.tidy_option(matter.outcome.as_ref()));
    put(&mut course, "datePublished", matter.published.map(|day| day.to_string()));
    put(&mut course, "dateModified", matter.updated.map(|day| day.to_string()));
    put_list(&mut course, "offers", matter.prices.iter().filter_map(|price| offer(desk, price)).collect());
    let coming = module.coming_sessions(desk.today()).filter(|session| !session.entry.days.is_empty());
    let mut instances: Vec<Value> = coming.map(|session| instance(desk, module, Some(session))).collect();
    if instances.is_empty() && !matter.archived {
        instances.push(instance(desk, module, None));
    }
    put_list(&mut course, "hasCourseInstance", instances);
    Value::Object(course)
}

fn terms(desk: &Desk<'_>, terms: &[TermId]) -> Vec<Value> {
    terms.iter().filter_map(|id| desk.catalogue.terms.get(id)).map(|term| json!(desk.tidy(&term.title))).collect()
}

fn prerequisites(desk: &Desk<'_>, module: &Module) -> Vec<Value> {
    let words = module.prerequisites.iter().filter_map(|needed| {
        let title = needed.module.as_ref().and_then(|id| desk.catalogue.modules.get(id)).map(|target| &target.title);
        desk.tidy_option(title.or(needed.text.as_ref()))
    });
    words.map(|words| json!(words)).collect()
}

/// A price that is known: an amount, nothing, or on quotation.
fn offer(desk: &Desk<'_>, entry: &PriceEntry) -> Option<Value> {
    let price = &entry.price;
    let mut offer = thing("Offer");
    match (price.free, price.amount, price.quote) {
        (true, ..) => offer.insert("price".into(), json!("0")),
        (_, Some(amount), _) => offer.insert("price".into(), json!(amount.to_string())),
        (_, None, true) => None,
        (_, None, false) => return None,
    };
    offer.insert("priceCurrency".into(), json!("EUR"));
    offer.insert("category".into(), json!(if price.free { "Free" } else { "Paid" }));
    let regions = entry.regions.iter().map(|region| {
        json!({
            "@type": "AdministrativeArea",
            "name": desk.tidy(&region.value),
        })
    });
    put_list(&mut offer, "eligibleRegion", regions.collect());
    Some(Value::Object(offer))
}

/// One run of a course; without a session, the course as it is given on demand.
fn instance(desk: &Desk<'_>, module: &Module, session: Option<&Session>) -> Value {
    let matter = module.matter();
    let mut instance = thing("CourseInstance");
    let is_remote = session.is_some_and(|session| session.entry.online_url.is_some());
    let mode = match matter.mode {
        Some(Mode::Remote) => "Online",
        Some(Mode::Blended) => "Blended",
        _ if is_remote => "Online",
        _ => "Onsite",
    };
    instance.insert("courseMode".into(), json!(mode));
    let hours = matter.duration.as_ref().and_then(|duration| duration.total_hours());
    put(&mut instance, "courseWorkload", hours.and_then(iso_hours));
    let Some(session) = session else { return Value::Object(instance) };
    let entry = &session.entry;
    put(&mut instance, "startDate", entry.first_day().map(|day| day.to_string()));
    put(&mut instance, "endDate", entry.last_day().map(|day| day.to_string()));
    let status = match entry.status {
        Some(SessionStatus::Cancelled) => "https://schema.org/EventCancelled",
        Some(SessionStatus::Postponed) => "https://schema.org/EventPostponed",
        _ => "https://schema.org/EventScheduled",
    };
    instance.insert("eventStatus".into(), json!(status));
    if let Some(city) = desk.tidy_option(entry.city.as_ref()) {
        let mut address = thing("PostalAddress");
        address.insert("addressLocality".into(), json!(city));
        put(&mut address, "postalCode", entry.postcode.as_ref().map(|code| code.value.clone()));
        let region = session.region.as_ref().and_then(|id| desk.catalogue.terms.get(id));
        put(&mut address, "addressRegion", region.map(|region| desk.tidy(&region.title)));
        put(&mut address, "streetAddress", desk.tidy_option(entry.address.as_ref()));
        let mut place = thing("Place");
        place.insert("name".into(), json!(desk.tidy_option(entry.venue.as_ref()).unwrap_or(city)));
        place.insert("address".into(), Value::Object(address));
        instance.insert("location".into(), Value::Object(place));
    }
    Value::Object(instance)
}

/// Hours as ISO 8601 writes them: `PT14H`, `PT2H30M`. Days would mean 24 hours each.
fn iso_hours(hours: Decimal) -> Option<String> {
    let hundredths = hours.hundredths();
    let minutes = hundredths % 100 * 60;
    if hundredths <= 0 || minutes % 100 != 0 {
        return None;
    }
    let (hours, minutes) = (hundredths / 100, minutes / 100);
    Some(if minutes == 0 { format!("PT{hours}H") } else { format!("PT{hours}H{minutes}M") })
}

fn article(desk: &Desk<'_>, base: &str, post: &NewsPost, frame: &Frame) -> Value {
    let matter = post.matter();
    let mut article = thing("NewsArticle");
    article.insert("headline".into(), json!(desk.tidy(&post.title)));
    article.insert("datePublished".into(), json!(post.date.to_string()));
    put(&mut article, "dateModified", matter.updated.map(|day| day.to_string()));
    put(&mut article, "description", desk.tidy_option(matter.summary.as_ref()));
    put(&mut article, "mainEntityOfPage", frame.canonical_absolute.clone());
    article.insert("inLanguage".into(), json!(desk.config.lang.code()));
    article.insert("publisher".into(), publisher(desk, base));
    let author = desk.tidy_option(matter.author.as_ref()).map(|name| json!({ "@type": "Organization", "name": name }));
    article.extend(author.map(|author| ("author".to_owned(), author)));
    let image = matter.image.as_ref().and_then(|image| desk.image(image, &post.document.path));
    put(&mut article, "image", image.map(|image| format!("{base}{}", image.url)));
    put_list(&mut article, "about", terms(desk, &post.topics));
    Value::Object(article)
}

fn thing(kind: &str) -> Map<String, Value> {
    Map::from_iter([("@type".to_owned(), json!(kind))])
}

fn put(map: &mut Map<String, Value>, key: &str, value: Option<String>) {
    if let Some(value) = value {
        map.insert(key.to_owned(), Value::String(value));
    }
}

fn put_list(map: &mut Map<String, Value>, key: &str, values: Vec<Value>) {
    if !values.is_empty() {
        map.insert(key.to_owned(), Value::Array(values));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_iso() {
        let check = |text: &str, iso: Option<&str>| {
            assert_eq!(Decimal::parse(text).and_then(iso_hours).as_deref(), iso, "{text}");
        };
        check("14", Some("PT14H"));
        check("2,5", Some("PT2H30M"));
        check("1,75", Some("PT1H45M"));
        check("1,33", None);
        check("0", None);
    }
}
