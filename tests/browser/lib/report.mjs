// One line a check as it ends, and the list of what failed at the end, where one looks first.

// A page whose script never gives way would otherwise hold the whole run.
const LIMIT = 240;

function limited(promise, limit) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no end after ${limit} s`)), limit * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** The message, and the place in our own code: the rest of a browser's complaint is pages long. */
function brief(error) {
  const place = (error.stack ?? '').split('\n').find((line) => line.includes('/tests/browser/') && !line.includes('node_modules'));
  return `the check itself failed: ${String(error.message ?? error).split('\n')[0]} ${place?.trim() ?? ''}`;
}

const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

export class Report {
  #passed = 0;
  #failed = [];

  /** Runs one check. It passes if `run` gives no fault; an exception is a fault too, so that one check never hides the next. */
  async check(name, run, limit = LIMIT) {
    const start = performance.now();
    let faults;
    try {
      faults = (await limited(run(), limit)) ?? [];
    } catch (error) {
      faults = [brief(error)];
    }
    // The same fault often stands on every page or in every mode: said once, it can be read.
    faults = [...new Set(faults)];
    if (faults.length === 0) {
      this.#passed += 1;
      console.log(`ok    ${name} (${seconds(start)})`);
    } else {
      this.#failed.push({ name, faults });
      console.log(`FAIL  ${name}: ${faults.length} (${seconds(start)})`);
    }
    return faults.length === 0;
  }

  note(text) {
    console.log(`      ${text}`);
  }

  /** Prints the failures and the last line; gives the exit code. */
  finish() {
    const shown = 20;
    if (this.#failed.length > 0) console.log('\nFailures');
    for (const { name, faults } of this.#failed) {
      console.log(`\n${name}`);
      for (const fault of faults.slice(0, shown)) console.log(`  - ${fault}`);
      if (faults.length > shown) console.log(`  … and ${faults.length - shown} more`);
    }
    console.log(`\n${this.#passed} passed, ${this.#failed.length} failed`);
    return this.#failed.length === 0 ? 0 : 1;
  }
}
