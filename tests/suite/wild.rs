//! Content as it comes in: forty modules by many hands, from word processors, web pages and old systems, none of them
//! tidy and none of them wrong. All of it is published, and nothing about it is told twice.

use std::collections::BTreeSet;

use crate::driver::{Built, DAY, TestSite};

const SETTINGS: &str = "\u{FEFF}titre: Formations d’ici\r\nadresse-du-site: https://example.org\r\nseverity: {dead-link: warning}\r\nmenu:\r\n  - titre: Le catalogue\r\n    lien: /catalogue/\r\n";

/// Names of files and what is in them; each is one module.
const MODULES: &[(&str, &str)] = &[
    (
        "accueillir.md",
        "---\ntitre: Accueillir la parole\nthèmes: [Écoute, \"Aller vers\"]\npublics: Soignants\n---\n\nUn accueil.\n",
    ),
    (
        "Écouter l'autre.md",
        "\u{FEFF}---\r\ntitre: Écouter l'autre\r\nthèmes: ÉCOUTE\r\npublics: soignants\r\n---\r\n\r\n## Objectifs\r\n\r\n- Entendre.\r\n- Reformuler.\r\n",
    ),
    (
        "e\u{301}couter-encore.md",
        "---\ntitre: E\u{301}couter encore\nthe\u{300}mes: e\u{301}coute\npublics: [Soignants , Pairs aidants]\n---\nUn texte en « deux parties ».\n",
    ),
    ("-tiret-devant.md", "---\ntitre: Un tiret devant\nthèmes: ecoute\n---\nTexte.\n"),
    ("MAJUSCULES.MD", "---\nTITRE: Tout en majuscules\nTHÈMES: ALLER-VERS\nPUBLICS: PAIRS-AIDANTS\n---\nTEXTE.\n"),
    (
        "avec des espaces et (parenthèses).md",
        "---\ntitre: Des espaces\nthèmes: aller  vers\n---\nVoir [l’accueil](accueillir.md) et [l’autre](<Écouter l'autre.md>).\n",
    ),
    (
        "point.dans.le.nom.md",
        "---\ntitre: Des points\n---\nVoir [encore](<e\u{301}couter-encore.md>) et [codé](%C3%89couter%20l'autre.md).\n",
    ),
    ("2027.md", "---\ntitre: 2027\nréférence: 3.10\n---\nUne année.\n"),
    ("true.md", "---\ntitre: \"oui\"\n---\nNon.\n"),
    (
        "sous dossier/Module n° 1.md",
        "---\ntitre: Module n° 1\n---\nVoir [le plan](../plan.pdf), [rien](nulle-part.md) et [rien](nulle-part.md).\n",
    ),
    ("dossier/index.md", "---\ntitre: Un dossier à lui\n---\n![Une image](image.png)\n"),
    ("sans-corps.md", "---\ntitre: Sans corps\n---"),
    ("corps-de-blanc.md", "---\ntitre: Des blancs\n---\n\n\n   \n\t\n"),
    ("lignes-vides.md", "\n\n---\ntitre: Des lignes vides\n---\n\nTexte.\n"),
    (
        "fin-windows.md",
        "---\r\ntitre: Fins de ligne\r\ndurée: 2 jours (14 h)\r\n---\r\n\r\nPremier.\r\n\r\n\r\nSecond.\r\n",
    ),
    ("fin-de-vieux-mac.md", "---\rtitre: Un vieux Mac\rpublics: Soignants\r---\r\rTexte.\r\r- un\r- deux\r"),
    ("fins-mêlées.md", "---\r\ntitre: Fins mêlées\n---\r\nUn.\nDeux.\r\nTrois.\rQuatre.\n"),
    (
        "gabarit.md",
        "---\ntitre: Du code de gabarit\nrésumé: \"{{ site.title }} et {% raw %}\"\n---\n{{ config.secret }} {% include \"/etc/passwd\" %} {# rien #} {%- for x in y -%}\n\n```jinja\n{{ x }}\n```\n",
    ),
    (
        "html-brut.md",
        "---\ntitre: Du HTML\n---\n<div style=\"color:red\"><script>alert(1)</script><p>Non fermé\n\n<table border=1><tr><td>a<td>b</table>\n\n<b>Gras <i>mal</b> fermé</i> <iframe src=\"https://example.org/v\"></iframe>\n",
    ),
    (
        "html-de-word.md",
        "---\ntitre: Collé de Word\n---\n<p class=MsoNormal style='margin:0cm'><o:p>&nbsp;</o:p></p><!--[if gte mso 9]><xml></xml><![endif]-->\n\n“Guillemets”, l’apostrophe, des points…\u{A0}; un tiret – long — et un trait\u{2011}d’union.\n",
    ),
    (
        "html-jamais-fermé.md",
        "---\ntitre: Jamais fermé\n---\n<details><summary>Plus\n\n<ul><li>un<li>deux\n\n</p></span></div>\n",
    ),
    (
        "tableaux.md",
        "---\ntitre: Des tableaux\n---\n| a | b |\n|---|:-:|\n| 1 | 2 | 3 |\n| 4 |\n\n| pas | de fin\n|---\n",
    ),
    (
        "listes.md",
        "---\ntitre: Des listes\n---\n* un\n- deux\n+ trois\n1) quatre\n• cinq\n– six\n\n   - [x] fait\n   - [ ] à faire\n",
    ),
    (
        "titres.md",
        "---\ntitre: Des titres\n---\n# Des titres\n#Sans espace\n###### Objectifs\n## OBJECTIFS :\n## Objectifs\n## *Contenu*, moyens & méthode\n## \n## 😀\n\nSouligné\n========\n",
    ),
    (
        "liens.md",
        "---\ntitre: Des liens\n---\n[vide]() [ancre](#nulle-part) [dossier](../modules/) [site](https://example.org/a b) <mailto:a@example.org> [x][y] [y] www.example.org\n\n[y]: inconnu.md\n\n[mort](../news/2020-01-01-perdu.md#x) ![](absente.jpg) ![alt](data:image/png;base64,AAAA)\n",
    ),
    (
        "notes.md",
        "---\ntitre: Des notes\n---\nUne note[^1], une autre[^absente], la même[^1].\n\n[^1]: La note.\n[^perdue]: Jamais appelée.\n",
    ),
    (
        "longue-ligne.md",
        "---\ntitre: Une longue ligne\nrésumé: Un très long résumé, comme on en colle d’un dossier de subvention, qui ne finit pas, et qui reprend, et qui ne finit toujours pas, parce que personne ne l’a relu.\n---\nTexte.\n",
    ),
    (
        "invisibles.md",
        "---\n\u{200B}titre:\u{A0}Des\u{200B} invisibles\npu\u{AD}blics:\u{202F}Soi\u{200B}gnants\n---\nDes\u{200B}mots\u{FEFF} coupés\u{AD}ici\u{2060}.\n",
    ),
    ("bidi.md", "---\ntitre: Un mot arabe \u{202B}مرحبا\u{202C} et 日本\n---\nشكرا, 谢谢, ✅👩🏽‍⚕️.\n"),
    (
        "signes.md",
        "---\ntitre: 'L''écoute : « c''est » <quoi> & \"comment\" ?'\nsous-titre: 100 % #1 @domicile\n---\n& < > \" ' \\ ` * _ ~ ^ $ %\n",
    ),
    (
        "dates.md",
        "---\ntitre: Des dates\nsessions:\n  - 2027-03-25\n  - {ville: Lyon, code-postal: 69003, dates: [2027-04-01, 2027-04-02T09:30]}\n  - ville: Rennes (35)\n    région: BRETAGNE\n    début: 2027-05-01\n    places: \"12\"\nmis-à-jour: 2026-01-05\n---\nTexte.\n",
    ),
    (
        "prix.md",
        "---\ntitre: Des prix\ntarif: 1 200,50 € HT par personne, repas compris\ndurée: 2 j. soit 14h00 + 1/2 journée de retour\neffectif: 8\n---\nTexte.\n",
    ),
    (
        "intervenants.md",
        "---\ntitre: Des gens\nintervenants: Dr. A. B.-C. & Mme D’É (pair-aidante)\ncontacts:\n  - nom: Accueil\n    téléphone: +33 (0)4 00.00.00.00\n    email: accueil@example.org\n---\nTexte.\n",
    ),
    (
        "prérequis.md",
        "---\ntitre: Des prérequis\nprérequis: Avoir suivi « Accueillir la parole » ou équivalent ; savoir lire.\nvoir-aussi: [accueillir, liens]\n---\nTexte.\n",
    ),
    (
        "régions.md",
        "---\ntitre: Des régions\nrégions: [paca, ILE DE FRANCE, hauts de france, Rhone, \"2A\", Réunion, 35000 Rennes]\n---\nTexte.\n",
    ),
    (
        "clés.md",
        "---\nTitre : Des clés\nDurée : 2 jours\nPUBLIC : Soignants\nModalite: Présentiel\norganisation: Inter\nbrouillon : Non\n---\nTexte.\n",
    ),
    (
        "clés-inconnues.md",
        "---\ntitre: Des clés inconnues\nauteur: moi\nwp_post_id: 1234\ncategories: [a, b]\nlayout: post\n---\nTexte.\n",
    ),
    (
        "extra.md",
        "---\ntitre: Des données\nextra:\n  quiz: [1, 2.50, oui, null, {a: [b]}]\n  dates: 2027-03-25\n---\nTexte.\n",
    ),
    (
        "répété.md",
        "---\ntitre: Répété\n---\n[un](absent.md) [deux](absent.md)\n\n[un](absent.md)\n\n<font color=red>a</font> <font color=red>b</font>\n",
    ),
    (
        "code.md",
        "---\ntitre: Du code\n---\n    indenté de quatre\n\n```\njamais fermé <script>\n# pas un titre\n[pas un lien](x.md)\n",
    ),
];

fn site() -> TestSite {
    let site = TestSite::of(&[
        ("brochure.yaml", SETTINGS),
        ("content/themes/écoute.md", "---\ntitre: Écoute\n---\n"),
        ("content/themes/aller-vers.md", "---\r\ntitre: Aller-vers\r\n---\r\n"),
        ("content/modules/plan.pdf", "%PDF-1.4\n"),
        ("content/modules/dossier/image.png", "png\n"),
        ("content/modules/.brouillon.md.swp", "debris"),
        ("content/modules/~$ouvert.docx", "debris"),
        ("content/modules/Thumbs.db", "debris"),
    ]);
    for (name, text) in MODULES {
        site.write(&format!("content/modules/{name}"), text);
    }
    site
}

/// What was found, each with its place and values, and no line twice.
fn told_once(built: &Built) -> Vec<String> {
    let lines: Vec<String> = built.diagnostics().lines().map(str::to_owned).collect();
    let once: BTreeSet<&String> = lines.iter().collect();
    assert_eq!(once.len(), lines.len(), "told twice:\n{}", built.diagnostics());
    lines
}

#[test]
fn untidy_content_is_published_whole_and_nothing_is_told_twice() {
    let site = site();
    let built = site.build(DAY);
    let is_sheet = |path: &&str| path.starts_with("modules/") && path.ends_with("/index.html");
    let sheets = built.paths().into_iter().filter(is_sheet).count();
    assert_eq!(sheets, MODULES.len(), "{}\n{}", built.paths().join("\n"), built.diagnostics());
    assert_eq!(built.0.counts.modules, MODULES.len());
    let told = told_once(&built);
    assert!(told.iter().any(|line| line.contains("warning dead-link")), "{told:#?}");
    // An edit that has nothing to do with them changes nothing of it.
    site.write("content/pages/contact.md", "---\ntitre: Contact\n---\n");
    assert_eq!(told_once(&site.build(DAY)), told);
}

/// Two spellings of a term are one page, whoever wrote them.
#[test]
fn terms_by_many_hands_are_few() {
    let built = site().build(DAY);
    let themes = built.paths().into_iter().filter(|path| path.starts_with("themes/") && path.ends_with("/index.html"));
    let own: BTreeSet<&str> =
        themes.filter_map(|path| path.split('/').nth(1)).filter(|name| *name != "index.html").collect();
    assert_eq!(own, BTreeSet::from(["aller-vers", "ecoute"]));
    let audiences =
        built.paths().into_iter().filter(|path| path.starts_with("publics/") && path.ends_with("/index.html"));
    let own: BTreeSet<&str> =
        audiences.filter_map(|path| path.split('/').nth(1)).filter(|name| *name != "index.html").collect();
    assert_eq!(own, BTreeSet::from(["pairs-aidants", "soignants"]));
}

/// What an author wrote is shown, and none of it runs.
#[test]
fn nothing_that_was_pasted_runs_or_is_lost() {
    let built = site().build(DAY);
    let sheet = |slug: &str| built.text(&format!("modules/{slug}/index.html"));
    assert!(sheet("gabarit").contains("{{ config.secret }}"));
    for slug in ["html-brut", "html-de-word", "html-jamais-ferme"] {
        let page = sheet(slug);
        assert!(!page.contains("alert(1)") && !page.contains("<iframe") && !page.contains("MsoNormal"), "{slug}");
        assert_eq!(page.matches("</main>").count(), 1, "{slug}");
        assert!(page.trim_end().ends_with("</html>"), "{slug}");
    }
    assert!(sheet("signes").contains("&lt;quoi&gt;"));
    assert!(sheet("fin-de-vieux-mac").contains("<li>deux</li>"));
}
