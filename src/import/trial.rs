//! trial
use super::*;
#[test]
fn trial() {
    for n in 0..5 {
        let Some(path) = std::fs::read_dir("/work/shared/seeds")
            .unwrap()
            .map(|e| e.unwrap().path())
            .find(|p| p.file_name().unwrap().to_str().unwrap().starts_with(&format!("00{n}")))
        else {
            continue;
        };
        let text = std::fs::read_to_string(path).unwrap();
        let options =
            Options { lang: crate::lang::Lang::French, labels: Labels::default(), to_sort: "À classer".into() };
        let d = read_text(&text, "", Markup::Plain, &options).unwrap();
        println!("=================== {n} {}\n{}", d.slug, d.sheet(&options));
        for m in &d.mapped {
            println!("{} {} -> {:?} {}", m.line, m.label, m.key, m.is_read());
        }
        for m in &d.left {
            println!("LEFT {} {}", m.line, m.beginning(60));
        }
        println!("{:?}", proof::told_of(&d.sheet(&options)));
    }
}

#[test]
fn durations() {
    for t in [
        "deux jours consécutifs, sur la base de 7 heures de formation par jour",
        "deux jours consécutifs, 7 heures par jour",
        "deux jours consécutifs, sur la base de 7 heures par jour",
    ] {
        println!("{t} {:?}", crate::value::Duration::parse(t));
    }
}
