import { type Attributes, context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = () => trace.getTracer('comity');

/** Runs work in a span of its own; what it throws marks the span. Attributes name kinds of things, never whom or what they speak of. */
export function traced<T>(name: string, attributes: Attributes, work: (span: Span) => Promise<T>): Promise<T> {
  return tracer().startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      // The message of an error may quote what was sent; its kind does not.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'thrown' });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The span of a request, a child of the caller's where it names one (W3C Trace Context); `within` runs what the request causes inside it. */
export function requestSpan(method: string, headers: Readonly<Record<string, unknown>>): { span: Span; within: <T>(work: () => T) => T } {
  const parent = propagation.extract(context.active(), headers);
  const span = tracer().startSpan(method, { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } }, parent);
  return { span, within: (work) => context.with(trace.setSpan(parent, span), work) };
}

export const traceId = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId;

/**
 * Exports traces by OTLP over HTTP where OTEL_EXPORTER_OTLP_ENDPOINT is set (opentelemetry.io, "OTLP Exporter Configuration"); elsewhere
 * spans cost next to nothing and the SDK is not loaded. The returned function sends what is left.
 */
export async function startTracing(node: string, env: Readonly<Record<string, string | undefined>>): Promise<() => Promise<void>> {
  if (!env['OTEL_EXPORTER_OTLP_ENDPOINT'] && !env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']) return () => Promise.resolve();
  const [{ BasicTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }, { AsyncLocalStorageContextManager }, { W3CTraceContextPropagator }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/core'),
    ]);
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': env['OTEL_SERVICE_NAME'] ?? 'comity', 'service.instance.id': node }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return () => provider.shutdown();
}
