import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What the monitoring asks: names and labels say what is counted, never of whom or what is spoken. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'comity_http_request_seconds', help: 'Answered requests by method, route and status.', labelNames: ['method', 'route', 'status'], buckets: SECONDS, registers: [this.registry],
  });
  readonly commands = new Histogram({
    name: 'comity_command_seconds', help: 'Commands by aggregate and outcome: recorded, refused or failed.', labelNames: ['aggregate', 'outcome'], buckets: SECONDS, registers: [this.registry],
  });
  readonly projected = new Counter({ name: 'comity_projected_events_total', help: 'Events that this node has folded into the views.', registers: [this.registry] });
  readonly lag = new Histogram({
    name: 'comity_view_lag_seconds', help: 'From the recording of an event to its being shown, on the node that projects.', buckets: SECONDS, registers: [this.registry],
  });

  constructor(node: string) {
    this.registry.setDefaultLabels({ node });
    collectDefaultMetrics({ register: this.registry });
  }

  /** A figure that is read when it is asked for. */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name: `comity_${name}`, help, registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }

  /** Serves `/metrics`, and nothing else. */
  listen(port: number, host: string): Promise<Server> {
    const server = createServer((request, answer) => {
      if (request.method !== 'GET' || request.url !== '/metrics') return void answer.writeHead(404).end();
      this.registry.metrics().then(
        (text) => answer.writeHead(200, { 'content-type': this.registry.contentType, 'cache-control': 'no-store' }).end(text),
        () => answer.writeHead(500).end(),
      );
    });
    return new Promise((resolve, reject) => void server.once('error', reject).listen(port, host, () => resolve(server)));
  }
}
