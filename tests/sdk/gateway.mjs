// Where the gateway under test is, and which of its models each provider dialect stands behind. Set by the test that starts it.
export const address = process.env.GATEWAY_ADDRESS;
export const baseURL = `${process.env.GATEWAY_ADDRESS}/v1`;
export const apiKey = process.env.GATEWAY_KEY;
export const models = ['gpt', 'claude'];

// What the strict fake providers do, by what the last question asks for.
export const ask = {
  hello: 'say hello',
  slowly: 'count slowly', // two words of a stream, and then silence
  never: 'never answer',
  tools: 'call the tools',
  json: 'answer as json',
  place: 'name the place',
  fail: (status) => `fail with ${status}`,
};

// Every model answers in a form that it is given, though one has no such feature by itself.
export const structuredModels = [...models, 'claude-older'];
export const place = { city: 'Paris', sights: ['tower'] };

export const hello = 'Hello from the provider. Grüße 😀';

export const json = { city: 'Paris', degrees: 21.5 };

export const user = (content) => [{ role: 'user', content }];

export const weather = {
  name: 'weather',
  description: 'The weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
};

export const now = { name: 'now', description: 'The time', parameters: { type: 'object', properties: {}, additionalProperties: false } };
