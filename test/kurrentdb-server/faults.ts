import { setTimeout as wait } from 'node:timers/promises';

/** What a test may let go wrong; read at each call. */
export class Faults {
  /** Milliseconds before a call is looked at. */
  latency = 0;
  /** So many of the next appends are committed, and the caller is told UNAVAILABLE. */
  loseAcknowledgements = 0;
  /** So many of the next appends are committed, and the caller is told nothing. */
  swallowAcknowledgements = 0;
  /** Where calls that require the leader are sent. */
  leaderElsewhere: { address: string; port: number } | undefined;

  async delay(): Promise<void> {
    if (this.latency > 0) await wait(this.latency);
  }

  acknowledgement(): 'given' | 'lost' | 'swallowed' {
    if (this.loseAcknowledgements > 0) {
      this.loseAcknowledgements--;
      return 'lost';
    }
    if (this.swallowAcknowledgements > 0) {
      this.swallowAcknowledgements--;
      return 'swallowed';
    }
    return 'given';
  }
}
