// Loaded before the server in tests: its clock stands so many milliseconds ahead. What starts anew looks at the clock, so deadlines that passed fire.
const ahead = Number(process.env.COMITY_TEST_AHEAD ?? 0);
const Real = Date;
if (ahead !== 0)
  globalThis.Date = class extends Real {
    constructor(...said) {
      super(...(said.length === 0 ? [Real.now() + ahead] : said));
    }
    static now() {
      return Real.now() + ahead;
    }
  };
