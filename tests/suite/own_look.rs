//! A site's own look: what it replaces is used, and everything else is the built-in one.

use crate::driver::{Built, DAY, TestSite};

fn plain_site() -> TestSite {
    TestSite::of(&[
        ("brochure.yaml", "titre: Exemple\nadresse-du-site: https://example.org\n"),
        ("content/modules/ecouter.md", "---\ntitre: Écouter\nthèmes: Écoute\n---\n"),
        ("content/pages/contact.md", "---\ntitre: Contact\n---\nÉcrivez-nous.\n"),
    ])
}

/// The built-in text of a file of the look.
fn built_in(path: &str) -> String {
    let path = crate::driver::repository().join("themes/brochure").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn own_look() -> Built {
    TestSite::from_fixture("own-look").build(DAY)
}

#[test]
fn the_replaced_template_is_used_and_the_others_are_built_in() {
    let built = own_look();
    built
        .contains("contact/index.html", "<p class=\"propre\">Gabarit de la maison</p>")
        .contains("contact/index.html", "<h1>Contact</h1>")
        .lacks("modules/ecouter/index.html", "Gabarit de la maison")
        .contains("modules/ecouter/index.html", "<h1>Écouter</h1>");
}

#[test]
fn the_replaced_partial_is_in_the_sheet_with_the_rest_of_it() {
    let (own, plain) = (own_look(), plain_site().build(DAY));
    let (own, plain) = (own.hashed("static/theme-", ".css"), plain.hashed("static/theme-", ".css"));
    assert!(own.contains("btn-propre"), "the partial of the site's own");
    assert!(!plain.contains("btn-propre"));
    assert!(own.contains("--brand:"), "the tokens of the built-in look");
    assert_ne!(own.len(), plain.len());
}

#[test]
fn own_colours_stand_in_a_sheet_of_their_own() {
    let (own, plain) = (own_look(), plain_site().build(DAY));
    let sheet = own.hashed("static/site-", ".css");
    assert!(sheet.contains("--brand:light-dark(#5b2a86,"), "{sheet}");
    assert!(!plain.hashed("static/site-", ".css").contains("--brand:"));
}

#[test]
fn one_changed_word_leaves_the_other_words_alone() {
    let built = own_look();
    built.contains("contact/index.html", "Aller droit au but").lacks("contact/index.html", "Aller au contenu");
    plain_site().build(DAY).contains("contact/index.html", "Aller au contenu");
    assert_eq!(
        built.text("404.html").matches("<title>").count(),
        1,
        "pages that use other words of the file are drawn as ever"
    );
}

#[test]
fn a_static_file_of_the_site_is_published_beside_the_built_in_ones() {
    let site = plain_site();
    site.edit("brochure.yaml", "titre:", "apparence: maison\ntitre:").write("themes/maison/static/robot.txt", "bip");
    let built = site.build(DAY);
    built.contains("static/robot.txt", "bip").expect_pages(&["static/favicon.svg"]);
    assert!(built.paths().iter().any(|path| path.starts_with("static/site-") && path.ends_with(".js")));
}

#[test]
fn a_broken_template_partial_or_word_file_is_told_and_hides_no_page() {
    for (path, text, code) in [
        ("templates/page.html", "{% block %}", "template-error"),
        ("templates/page.html", "{{ no_such_thing }}", "template-error"),
        ("styles/_buttons.scss", "a { color: }", "style-error"),
        ("i18n/fr.toml", "= nothing", "look-error"),
    ] {
        let site = plain_site();
        site.edit("brochure.yaml", "titre:", "apparence: maison\ntitre:");
        let own = format!("themes/maison/{path}");
        site.write(&own, text);
        let built = site.attempt(DAY);
        built.expect_codes(&[code]).contains("modules/ecouter/index.html", "<h1>Écouter</h1>");
        assert_eq!(built.0.found[0].primary.file.as_str(), own, "it is told of the site's own file");
        site.write(&own, built_in(path)).build(DAY).contains("contact/index.html", "<h1>Contact</h1>");
    }
}

#[test]
fn a_look_that_is_not_there_is_an_error() {
    let site = plain_site();
    site.edit("brochure.yaml", "titre:", "apparence: maisson\ntitre:").write("themes/maison/static/x.txt", "x");
    let built = site.attempt(DAY);
    built.expect_codes(&["invalid-setting"]);
    assert!(built.diagnostics().contains("near=\"maison\""), "{}", built.diagnostics());
}

/// What counts the runs of loops and calls changes nothing else, wherever they may stand.
#[test]
fn a_sheet_with_all_that_repeats_is_what_the_compiler_alone_makes_of_it() {
    let sheet = r##"
@use "sass:math"; @use "sass:string";
$tailles: (petit: 1rem, "grand": 2rem); // @for {
/* @each { */
@function moitie($n: 2, $texte: "}") { @if $n < 1 { @return 1; } @else { @return moitie(math.div($n, 2)) + 1; } }
@function somme($liste...) { $s: 0; @each $n in $liste { $s: $s + $n; } @return $s; }
@mixin boite($nom, $profondeur: 2) {
  .#{$nom} { @content($nom); @if $profondeur > 0 { @include boite("#{$nom}-#{$profondeur}", $profondeur - 1) using ($x) { order: 1; } } }
}
@each $nom, $taille in $tailles { .t-#{$nom} { font: { @for $i from 1 through 1 { size: $taille; } family: "a{b", 'c}' } } }
@include boite(une) using ($x) { content: "#{string.index("a{b", "{")} { @while"; }
@keyframes tourne { @for $i from 0 through 2 { #{$i * 50%} { opacity: math.div($i, 2); } } }
@media print { @for $i from 3 to 1 { a:nth-child(#{$i}) { width: calc(100% - #{$i}px); background: url(//x.org/a{b.png); } } }
$n: 0; @while $n < 3 { .w-#{$n} { width: moitie(8 * ($n + 1)) + somme(1, 2, 3); @debug "dit"; @warn "prévient"; } $n: $n + 1; }
%commun { color: red; } @mixin étendu { @extend %commun; } .e { @include étendu; &:is(a, b) { --x: { y: z }; } }
"##;
    let options = grass::Options::default().style(grass::OutputStyle::Compressed).quiet(true);
    let alone = grass::from_string(sheet, &options).expect("a sound sheet");
    let site = plain_site();
    site.edit("brochure.yaml", "titre:", "apparence: maison\ntitre:").write("themes/maison/styles/theme.scss", sheet);
    let built = site.build(DAY);
    assert_eq!(built.diagnostics(), "");
    assert_eq!(built.hashed("static/theme-", ".css"), alone);
}

/// Where the compiler places an error is where it stands in the site's own text.
#[test]
fn an_error_behind_what_repeats_is_where_the_author_wrote_it() {
    let site = plain_site();
    let sheet =
        "@mixin a { @each $x in 1, 2 { b: c; } @for $i from 1 through 2 { é: $absent; } }\n.x { @include a; }\n";
    site.edit("brochure.yaml", "titre:", "apparence: maison\ntitre:").write("themes/maison/styles/theme.scss", sheet);
    let built = site.attempt(DAY);
    let told = built.diagnostics();
    assert!(told.starts_with("themes/maison/styles/theme.scss:1:69 "), "{told}");
}

#[test]
fn drawings_stand_once_wherever_a_template_wants_them() {
    let site = plain_site();
    site.edit("brochure.yaml", "titre:", "apparence: maison\ntitre:");
    let base = built_in("templates/base.html").replace("<body>", "<body>\n{{ drawings | safe }}");
    site.write("themes/maison/templates/base.html", base);
    let built = site.build(DAY);
    let page = built.text("modules/ecouter/index.html");
    assert_eq!(page.matches("id=\"i-print\"").count(), 1, "{page}");
    assert!(!page.contains('\u{FDD0}'));
    assert!(page.find("<symbol").expect("drawings") < page.find("<header").expect("a header"));
}

#[test]
fn what_stands_for_pieces_cannot_be_written_by_an_author() {
    let site = TestSite::of(&[
        ("brochure.yaml", "titre: \"E\\uFDD0drawings\\uFDD1x\"\nadresse-du-site: https://example.org\n"),
        (
            "content/modules/ecouter.md",
            "---\ntitre: Écouter\nrésumé: \"A\\uFDD0root\\uFDD1B\"\n---\nC\u{FDD0}root\u{FDD1}D\n",
        ),
    ]);
    let built = site.build(DAY);
    built.contains("catalogue/index.html", "ArootB").contains("modules/ecouter/index.html", "CrootD");
    for path in built.paths() {
        if path.ends_with(".bin") {
            let text = String::from_utf8_lossy(&built.unpacked(path)).into_owned();
            assert!(!text.contains(['\u{FDD0}', '\u{FDD1}']), "{path}");
            continue;
        }
        assert!(path.ends_with(".woff2") || !built.text(path).contains(['\u{FDD0}', '\u{FDD1}']), "{path}");
    }
}

#[test]
fn acronyms_are_explained_in_texts_and_not_in_scripts() {
    let site = TestSite::of(&[
        ("brochure.yaml", "titre: E\nhtml-brut: permis\nglossaire: {DPC: Développement}\n"),
        (
            "content/pages/contact.md",
            "---\ntitre: Contact\n---\n<script>var DPC = 1;</script>\n\n<!-- l'accueil DPC -->\n\nLe DPC.\n",
        ),
    ]);
    site.build(DAY)
        .contains("contact/index.html", "<script>var DPC = 1;</script>")
        .contains("contact/index.html", "Le <abbr title=\"Développement\">DPC</abbr>.");
}
