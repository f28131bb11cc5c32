//! What the author of a followed site is told, in the browser and on the terminal, and what stays shown meanwhile.

use std::fs;
use std::time::Duration;

use crate::served::{Served, small_site};

const MODULE: &str = "content/modules/un.md";
const ADDRESS: &str = "/modules/un/";
const PAGE: &str = "themes/maison/templates/page.html";
const OWN: &str = "{% extends \"base.html\" %}{% block content %}Mon gabarit{% endblock %}";

/// What is broken, where it stays shown, and the words that stay.
struct Slip {
    file: &'static str,
    broken: &'static str,
    /// What is said of it.
    said: &'static str,
    /// A page on which it would be seen, and what stays there.
    shown: (&'static str, &'static str),
}

const SLIPS: [Slip; 6] = [
    Slip {
        file: MODULE,
        broken: "---\ntitle: [\n---\n",
        said: "content/modules/un.md:2",
        shown: (ADDRESS, "Du texte"),
    },
    Slip {
        file: MODULE,
        broken: "---\nthemes: Lien\n---\nSans titre.\n",
        said: "missing-title",
        shown: (ADDRESS, "Du texte"),
    },
    Slip {
        file: "brochure.yaml",
        broken: "title: Essai\nbase_url: [\n",
        said: "brochure.yaml:2",
        shown: ("/", "<title>Essai"),
    },
    Slip {
        file: PAGE,
        broken: "{% extends \"base.html\" %}{% block content %}{{",
        said: "themes/maison/templates/page.html:1",
        shown: ("/nous/", "Mon gabarit"),
    },
    // A slip that only drawing can find.
    Slip {
        file: PAGE,
        broken: "{% extends \"base.html\" %}{% block content %}{{ plain.title.nothing.at.all }}{% endblock %}",
        said: "themes/maison/templates/page.html:1",
        shown: ("/nous/", "Mon gabarit"),
    },
    Slip {
        file: "themes/maison/styles/_footer.scss",
        broken: "footer { color: #123456; ",
        said: "themes/maison/styles/_footer.scss:1",
        shown: ("/", "<title>Essai"),
    },
];

#[test]
fn a_slip_is_told_and_what_was_good_stays_until_it_is_mended() {
    for slip in SLIPS {
        let served = Served::watching(&small_site());
        let open = served.open("/modules/deux/");
        let start = open.await_told(0, "event: notes");
        let good = served.read(slip.file);
        served.write(slip.file, slip.broken);
        let told = open.await_told(start, slip.said);
        let (address, words) = slip.shown;
        served.await_words(address, words);
        served.await_said(slip.said);
        // Every other page goes on.
        served.write("content/modules/deux.md", "---\ntitle: Deux\nthemes: Lien\n---\nSuite.\n");
        served.await_words("/modules/deux/", "Suite");
        assert!(served.get(address).text().contains(words), "{}", slip.file);
        served.write(slip.file, &good);
        open.await_told(told, "\"errors\":[]");
        served.await_said("No error is left.");
        served.await_words(address, words);
    }
}

#[test]
fn a_page_that_its_look_never_could_draw_has_the_built_in_one() {
    let site = small_site();
    site.write(PAGE, "{% extends \"base.html\" %}{% block content %}{{ plain.title.nothing }}{% endblock %}");
    let served = Served::watching(&site);
    served.await_words("/nous/", "Qui.");
    let open = served.open("/nous/");
    let told = open.await_told(0, "page.html:1");
    // It is not mended by an edit of something else, and not told as if it were.
    let before = served.said();
    for words in ["un", "deux", "trois"] {
        served.write("content/modules/deux.md", &format!("---\ntitle: Deux\nthemes: Lien\n---\nMot {words}.\n"));
        served.await_words("/modules/deux/", &format!("Mot {words}."));
    }
    std::thread::sleep(Duration::from_millis(300));
    assert!(!open.told()[told..].contains("\"errors\":[]"), "{}", &open.told()[told..]);
    let said = served.said();
    assert!(!said.contains("No error is left"), "{said}");
    assert_eq!(said[before.len()..].matches("template-error").count(), 0, "told again:\n{said}");
    served.write(PAGE, OWN);
    served.await_words("/nous/", "Mon gabarit");
    served.await_said("No error is left.");
}

#[test]
fn a_file_that_cannot_be_read_keeps_its_page() {
    let served = Served::watching(&small_site());
    let good = served.read(MODULE);
    fs::write(served.at(MODULE), b"---\ntitle: \xff\n---\n").expect("written");
    served.await_said("not-utf8");
    assert!(served.get(ADDRESS).text().contains("Du texte"));
    served.write(MODULE, &good.replace("Du texte", "Lisible"));
    served.await_words(ADDRESS, "Lisible");
}

#[test]
fn a_browser_is_told_of_its_own_page_and_no_other() {
    let served = Served::watching(&small_site());
    let (one, two) = (served.open(ADDRESS), served.open("/nous/"));
    let missing = served.open("/modules/trois/");
    let ready =
        [one.await_told(0, "event: notes"), two.await_told(0, "event: notes"), missing.await_told(0, "event: notes")];
    served.write(MODULE, "---\ntitle: Un\nthemes: Lien\n---\nD’autres mots.\n");
    one.await_told(ready[0], "event: reload");
    // A page that was not there comes to be.
    served.write("content/modules/trois.md", "---\ntitle: Trois\n---\nx\n");
    missing.await_told(ready[2], "event: reload");
    std::thread::sleep(Duration::from_millis(200));
    assert!(!two.told()[ready[1]..].contains("reload"), "{}", two.told());
    // A page that was loaded meanwhile is up to date: nothing is to be done.
    let again = served.open(ADDRESS);
    again.await_told(0, "event: notes");
    assert!(!again.told().contains("reload"), "{}", again.told());
}

#[test]
fn a_style_changes_without_a_reload() {
    let served = Served::watching(&small_site());
    let open = served.open(ADDRESS);
    let start = open.await_told(0, "event: notes");
    served.write("themes/maison/styles/_footer.scss", "footer { color: #654321; }\n");
    let told = open.await_told(start, "event: styles");
    let after = open.await_told(told, "theme.css");
    let address = open.told()[after..].split('"').nth(2).expect("an address").to_owned();
    assert!(served.get(&format!("/{address}")).text().contains("#654321"), "{address}");
    served.write("brochure.yaml", "title: Essai\nbase_url: https://example.org/\nlook: maison\ncolours: \"#5b2a86\"\n");
    open.await_told(after, "event: styles");
    std::thread::sleep(Duration::from_millis(200));
    assert!(!open.told().contains("event: reload"), "{}", open.told());
}

#[test]
fn warnings_are_told_on_the_page_they_are_about() {
    let site = small_site();
    site.write(MODULE, "---\ntitle: Un\nthemes: Lien\nnothing-known: 1\n---\nDu texte.\n");
    let served = Served::watching(&site);
    served.await_said("warning[unknown-key]");
    let (own, other) = (served.open(ADDRESS), served.open("/nous/"));
    own.await_told(0, "warning[unknown-key]");
    other.await_told(0, "event: notes");
    assert!(!other.told().contains("unknown-key"), "{}", other.told());
}
