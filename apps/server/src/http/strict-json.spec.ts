import { NotStrict, parseStrictJson } from './strict-json.js';

const parse = (text: string) => parseStrictJson(new TextEncoder().encode(text));
const reason = (text: string): string => {
  try {
    return `accepted ${JSON.stringify(parse(text))}`;
  } catch (error) {
    return error instanceof NotStrict ? `${error.reason} ${error.at}`.trim() : String(error);
  }
};

describe('strict JSON', () => {
  it.each(['{"a":[1,-0.5,1e3,true,null,{"b":"\\u00e9 \\"x\\" {:,}"}],"c":{"a":1,"b":{"a":2}}}', '[{"a":1},{"a":2}]', '"a:b"', '9007199254740991', '{"a":"","b":""}'])(
    'reads %s as JSON.parse does',
    (text) => expect(parse(text)).toEqual(JSON.parse(text)),
  );
  it.each([
    ['{"a":1,"b":2,"a":3}', 'duplicateKey a'],
    ['{"x":[{"a":1,"\\u0061":2}]}', 'duplicateKey a'],
    ['{"x":{"y":1},"x":{}}', 'duplicateKey x'],
    ['{"__proto__":{"admin":true}}', 'forbiddenKey __proto__'],
    ['{"n":9007199254740993}', 'number 9007199254740993'],
    ['{"n":1e400}', 'number 1e400'],
    ['{"t":"\\ud83d"}', 'text t'],
    ['{"input":', 'syntax'],
    ['', 'syntax'],
    ['{} {}', 'syntax'],
  ])('refuses %s: %s', (text, why) => expect(reason(text)).toBe(why));
  it('refuses bytes that are not UTF-8', () => {
    expect(() => parseStrictJson(Uint8Array.from([0x22, 0xc3, 0x28, 0x22]))).toThrow(NotStrict);
  });
});
