/**
 * What the static checks need to know of each page. Runs inside the browser: it may use nothing from outside its body.
 * Scripts do not run in a parsed document, so this is the page as it was written.
 */
export function facts(texts) {
  const LINKS = [
    ['a', 'href'], ['area', 'href'], ['link', 'href'], ['use', 'href'], ['image', 'href'], ['use', 'xlink:href'],
    ['form', 'action'], ['button', 'formaction'], ['object', 'data'], ['video', 'poster'],
    ['img', 'src'], ['script', 'src'], ['source', 'src'], ['audio', 'src'], ['video', 'src'], ['track', 'src'],
    ['iframe', 'src'], ['embed', 'src'], ['input', 'src'],
  ];
  // These relations name a thing; all the others make the browser fetch it or speak to its host.
  const ONLY_NAMED = /^(canonical|alternate|license|author|me|prev|next|help|search|up|index)$/i;

  return texts.map((text) => {
    const doc = new DOMParser().parseFromString(text, 'text/html');
    const all = (selector) => [...doc.querySelectorAll(selector)];
    const brief = (element) => element.outerHTML.slice(0, 90).replace(/\s+/g, ' ');

    const links = [];
    for (const [tag, attribute] of LINKS) {
      for (const element of all(tag)) {
        const url = element.getAttribute(attribute);
        if (url === null) continue;
        const named = tag === 'link' && element.relList.length > 0 && [...element.relList].every((r) => ONLY_NAMED.test(r));
        links.push({ url: url.trim(), fetched: !named && !['a', 'area', 'form', 'button'].includes(tag), where: tag });
      }
    }
    for (const element of all('img[srcset], source[srcset]')) {
      for (const part of element.getAttribute('srcset').split(/,\s+/)) {
        links.push({ url: part.trim().split(/\s+/)[0], fetched: true, where: 'srcset' });
      }
    }
    for (const element of all('meta[property="og:url"], meta[property="og:image"]')) {
      links.push({ url: element.content, fetched: false, where: 'meta' });
    }
    const refresh = doc.querySelector('meta[http-equiv="refresh" i]');
    if (refresh) links.push({ url: refresh.content.replace(/^[^=]*=\s*/, '').replace(/^['"]|['"]$/g, ''), fetched: false, where: 'refresh' });

    const inline = [];
    for (const element of all('[style]')) inline.push(`style attribute: ${brief(element)}`);
    for (const element of all('style')) inline.push(`style element: ${brief(element)}`);
    for (const element of all('*')) {
      if ([...element.attributes].some((a) => /^on/i.test(a.name))) inline.push(`event handler: ${brief(element)}`);
    }
    for (const element of all('script:not([src])')) {
      const type = element.type.toLowerCase();
      if (!/json$/.test(type)) inline.push(`inline script: ${brief(element)}`);
      else {
        try {
          JSON.parse(element.textContent);
        } catch (error) {
          inline.push(`JSON that cannot be read: ${error.message}`);
        }
      }
    }

    return {
      // All spaces alike: two titles that differ by a non-breaking space only are one title to a reader.
      title: doc.querySelector('head > title')?.textContent.trim().replace(/\s+/g, ' ') ?? '',
      lang: doc.documentElement.getAttribute('lang') ?? '',
      canonical: doc.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? null,
      refresh: refresh !== null,
      headings: all('h1, h2, h3, h4, h5, h6').map((h) => ({
        level: Number(h.localName[1]),
        text: h.textContent.trim().replace(/\s+/g, ' ').slice(0, 60),
      })),
      // `name` of a link is a target too, but may repeat an id of the same element.
      ids: all('[id]').map((element) => element.id),
      names: all('a[name]').map((element) => element.getAttribute('name')),
      rows: all('li.session').map((row) => ({
        id: row.id,
        days: [...row.querySelectorAll('time[datetime]')].map((time) => time.getAttribute('datetime')),
        // "9 h 30 – 17 h" or "9:30 – 17:00"
        hours: [...(row.querySelector('use[href="#i-clock"]')?.closest('.ou .l')?.textContent ?? '').matchAll(/(\d+)\s*[h:]\s*(\d\d)?/g)].map(
          ([, hour, minute]) => `${Number(hour)}:${minute ?? '00'}`,
        ),
        struck: row.querySelector('s') !== null,
        calendar: row.querySelector('a[href$=".ics"]')?.getAttribute('href') ?? null,
      })),
      links,
      inline,
    };
  });
}
