// The calendars of the site, read by a program that did not write them, beside the dates that its pages tell.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ICAL from 'ical.js';

export async function calendarChecks(report, site) {
  const texts = new Map();
  for (const file of site.files.filter((name) => name.endsWith('.ics'))) texts.set(file, await readFile(join(site.folder, file)));
  const calendars = new Map();
  await report.check(`calendars: ${texts.size} files can be read`, () => {
    if (!texts.has('sessions.ics')) return ['no sessions.ics'];
    return [...texts].flatMap(([file, bytes]) => read(file, bytes, calendars));
  });
  await report.check('calendars: lines end as they should and are no longer than 75 octets', () =>
    [...texts].flatMap(([file, bytes]) => lines(file, bytes)),
  );
  await report.check('calendars: hours are those that the clocks of the place show', () => each(calendars, hours));
  await report.check('calendars: days are whole, and end after they begin', () => each(calendars, days));
  await report.check('calendars: the same dates as on the pages', () => pages(site, calendars));
  const events = [...calendars.values()].flat();
  report.note(`${events.length} events, ${events.filter((event) => !event.startDate.isDate).length} of them with hours`);
}

const each = (calendars, check) => [...calendars].flatMap(([file, events]) => events.flatMap((event) => check(event).map((fault) => `${file}: ${event.uid}: ${fault}`)));

/** Reads a calendar; its events come with the zones that the file itself defines, and no others. */
function read(file, bytes, calendars) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const calendar = new ICAL.Component(ICAL.parse(text));
    ICAL.TimezoneService.reset();
    for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
    const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
    calendars.set(file, events);
    const faults = [];
    for (const name of ['version', 'prodid', 'name']) if (!calendar.hasProperty(name)) faults.push(`no ${name}`);
    if (new Set(events.map((event) => event.uid)).size < events.length) faults.push('one uid twice');
    for (const event of events) {
      for (const name of ['uid', 'dtstamp', 'dtstart', 'summary', 'url']) {
        if (!event.component.getFirstPropertyValue(name)) faults.push(`${event.uid}: no ${name}`);
      }
      // Resolved now, while the zones of this file are those that are known.
      event.moments = [event.startDate, event.component.hasProperty('dtend') ? event.endDate : null].filter(Boolean).map((time) => ({
        written: time.toString(),
        zone: time.zone.tzid,
        unix: time.toUnixTime(),
      }));
    }
    return faults.map((fault) => `${file}: ${fault}`);
  } catch (error) {
    return [`${file}: ${error.message.split('\n')[0]}`];
  }
}

function lines(file, bytes) {
  const text = bytes.toString('latin1'); // one character an octet
  const faults = [];
  if (!text.endsWith('END:VCALENDAR\r\n')) faults.push(`${file}: has no end`);
  if (/\r(?!\n)|(?<!\r)\n/.test(text)) faults.push(`${file}: a line does not end in CR LF`);
  for (const line of text.split('\r\n')) if (line.length > 75) faults.push(`${file}: ${line.length} octets: ${line}`);
  return faults;
}

/** What the clocks of a zone show, by the browser's own data: not by ours, and not by what the file says. */
function shown(unix, zone) {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(unix * 1000);
  return parts.replace(' ', 'T');
}

function hours(event) {
  if (event.startDate.isDate) return [];
  return event.moments.flatMap(({ written, zone, unix }) => {
    if (zone === 'floating' || zone === 'UTC') return [`${written} has no zone that the file defines`];
    const there = shown(unix, zone);
    return there === written ? [] : [`${written} by the file is ${there} in ${zone}`];
  });
}

function days(event) {
  const [start, end] = [event.startDate, event.component.hasProperty('dtend') ? event.endDate : null];
  if (start.isDate && !end?.isDate) return ['a day without an end'];
  return end && end.compare(start) <= 0 ? ['ends before it begins'] : [];
}

const DAY = 24 * 60 * 60 * 1000;

/** The days on which events take place: the end of whole days is the day after. */
function daysOf(events) {
  const found = new Set();
  for (const { startDate, endDate } of events) {
    const first = Date.UTC(startDate.year, startDate.month - 1, startDate.day);
    const last = startDate.isDate ? Date.UTC(endDate.year, endDate.month - 1, endDate.day) - DAY : first;
    for (let day = first; day <= last; day += DAY) found.add(day);
  }
  return [...found].sort((one, other) => one - other);
}

/** Of days that follow each other, the first and the last: a page may name these alone. */
const named = (all) =>
  all.filter((day, n) => all[n - 1] !== day - DAY || all[n + 1] !== day + DAY).map((day) => new Date(day).toISOString().slice(0, 10));

const parts = (event) => event.uid.split('@')[0].split('.');

function bySession(events, key) {
  const sessions = new Map();
  for (const event of events) sessions.set(key(event), [...(sessions.get(key(event)) ?? []), event]);
  return sessions;
}

function pages(site, calendars) {
  const faults = [];
  let compared = 0;
  for (const page of site.pages) {
    const ofModule = /^modules\/[^/]+\/$/.test(page.address);
    const file = ofModule ? `${page.address}sessions.ics` : /^sessions\/(page\/\d+\/)?$/.test(page.address) ? 'sessions.ics' : null;
    const rows = page.rows.filter((row) => row.days.length > 0);
    if (!file || rows.length === 0) continue;
    if (!calendars.has(file)) {
      faults.push(`${page.file}: dates, and no ${file}`);
      continue;
    }
    const key = (event) => (ofModule ? `session-${parts(event)[1]}` : parts(event).slice(0, 2).join('-'));
    const sessions = bySession(calendars.get(file), key);
    for (const row of rows) {
      const say = (fault) => faults.push(`${page.file}: #${row.id}: ${fault}`);
      const events = sessions.get(row.id) ?? [];
      const told = named(daysOf(events)).join(' ');
      compared += 1;
      if (told !== named([...new Set(row.days)].map(Date.parse)).join(' ')) say(`${row.days.join(' ')} on the page, ${told || 'nothing'} in ${file}`);
      const cancelled = events.filter((event) => event.component.getFirstPropertyValue('status') === 'CANCELLED');
      if (cancelled.length !== (row.struck ? events.length : 0)) say(`struck: ${row.struck}, cancelled: ${cancelled.length}`);
      if (row.hours.length > 0 && events[0] && !events[0].startDate.isDate) {
        const clock = (time) => `${time.hour}:${String(time.minute).padStart(2, '0')}`;
        const own = [events[0].startDate, events[0].component.hasProperty('dtend') ? events[0].endDate : null].filter(Boolean).map(clock);
        if (!row.hours.join(' ').startsWith(own.join(' '))) say(`${row.hours.join(' – ')} on the page, ${own.join(' – ')} in ${file}`);
      }
      if (!row.calendar) continue;
      // The row's own file holds this session, and nothing else.
      const address = new URL(row.calendar, `http://localhost/${page.address}`).pathname.slice(1);
      const uids = (list) => list.map((event) => event.uid).sort().join(' ');
      if (uids(calendars.get(address) ?? []) !== uids(events)) say(`${address} holds other events than ${file}`);
    }
    if (ofModule && sessions.size !== rows.length) faults.push(`${file}: ${sessions.size} sessions, ${rows.length} on the page`);
  }
  return compared > 0 ? faults : ['no page with dates'];
}
