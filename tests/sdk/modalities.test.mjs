// What the openai package (https://github.com/openai/openai-node) does besides chat.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { apiKey, baseURL } from './gateway.mjs';

const client = new OpenAI({ apiKey, baseURL, maxRetries: 0 });
const file = (name, type) => new File([new Uint8Array(70_000).fill(7)], name, { type });
const collect = async (stream) => {
  const events = [];
  for await (const event of stream) events.push(event);
  return events;
};

// "numbers" stands for a provider that knows vectors as numbers only, whatever the package asks for (base64, unless told otherwise).
for (const model of ['gpt', 'numbers']) {
  test(`${model}: embeddings`, async () => {
    for (const encoding_format of [undefined, 'float']) {
      const answer = await client.embeddings.create({ model, input: ['a', 'b'], encoding_format });
      assert.deepEqual(answer.data.map((vector) => vector.embedding), [[0.25, -0.0625], [1.25, -0.0625]]);
      assert.equal(answer.model, model);
    }
  });
}

test('completions, plain and streamed', async () => {
  const answer = await client.completions.create({ model: 'gpt', prompt: 'Once', max_tokens: 3 });
  assert.equal(answer.choices[0].text, ' in a land far');
  const chunks = await collect(await client.completions.create({ model: 'gpt', prompt: 'Once', stream: true }));
  assert.equal(chunks.map((chunk) => chunk.choices[0].text).join(''), ' in a land far');
});

test('moderations', async () => {
  const answer = await client.moderations.create({ model: 'gpt', input: 'a' });
  assert.equal(answer.results[0].flagged, true);
});

test('images: made, edited, varied, streamed', async () => {
  const image = file('a.png', 'image/png');
  const answers = [
    await client.images.generate({ model: 'gpt', prompt: 'a cat' }),
    await client.images.edit({ model: 'gpt', image: [image, image], prompt: 'a hat' }),
    await client.images.createVariation({ model: 'gpt', image }),
  ];
  for (const answer of answers) assert.equal(answer.data[0].b64_json, 'aGFsbG8=');
  const events = await collect(await client.images.generate({ model: 'gpt', prompt: 'a cat', stream: true, partial_images: 1 }));
  assert.deepEqual(events.map((event) => event.type), ['image_generation.partial_image', 'image_generation.completed']);
});

test('audio: transcribed, translated, streamed, spoken', async () => {
  const recording = file('a.mp3', 'audio/mpeg');
  assert.equal((await client.audio.transcriptions.create({ model: 'gpt', file: recording })).text, 'I see skies');
  assert.equal(await client.audio.transcriptions.create({ model: 'gpt', file: recording, response_format: 'text' }), 'I see skies\n');
  assert.equal((await client.audio.translations.create({ model: 'gpt', file: recording })).text, 'I see skies');
  const events = await collect(await client.audio.transcriptions.create({ model: 'gpt', file: recording, stream: true }));
  assert.equal(events.at(-1).text, 'I see skies');
  const speech = await client.audio.speech.create({ model: 'gpt', voice: 'alloy', input: 'Hi' });
  assert.equal((await speech.arrayBuffer()).byteLength, 5005);
});

test('what the provider cannot do is an error that says so', async () => {
  await assert.rejects(client.images.edit({ model: 'numbers', image: file('a.png', 'image/png'), prompt: 'a' }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.match(error.message, /together_ai does not serve image_edit/);
    return true;
  });
});
