// The @google/genai package, https://github.com/googleapis/js-genai
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError, FunctionCallingConfigMode, GoogleGenAI } from '@google/genai';
import { apiKey, ask, hello } from './gateway.mjs';

const httpOptions = { baseUrl: process.env.GATEWAY_ADDRESS, retryOptions: { attempts: 1 } };
const ai = new GoogleGenAI({ apiKey, httpOptions });
const functionDeclarations = [
  { name: 'weather', description: 'The weather of a city', parametersJsonSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
  { name: 'now', description: 'The time' },
];

// Google's own API passes through; the other two are told in chat.
for (const model of ['gemini', 'gpt', 'claude']) {
  test(`${model}: plain`, async () => {
    const answer = await ai.models.generateContent({
      model,
      contents: ask.hello,
      config: { systemInstruction: 'Be brief.', maxOutputTokens: 100, temperature: 0.2, stopSequences: ['END'] },
    });
    assert.equal(answer.text, hello);
    assert.equal(answer.candidates[0].finishReason, 'STOP');
    const usage = answer.usageMetadata;
    assert.ok(usage.promptTokenCount > 0);
    assert.equal(usage.totalTokenCount, usage.promptTokenCount + usage.candidatesTokenCount + (usage.thoughtsTokenCount ?? 0));
  });

  test(`${model}: stream`, async () => {
    let [text, pieces, last] = ['', 0];
    for await (const chunk of await ai.models.generateContentStream({ model, contents: ask.hello })) {
      text += chunk.text ?? '';
      pieces++;
      last = chunk;
    }
    assert.equal(text, hello);
    assert.ok(pieces > 2);
    assert.equal(last.candidates[0].finishReason, 'STOP');
    assert.ok(last.usageMetadata.candidatesTokenCount > 0);
  });

  for (const streamed of [false, true]) {
    test(`${model}: a loop of two tools${streamed ? ', streamed' : ''}`, async () => {
      const chat = ai.chats.create({ model, config: { tools: [{ functionDeclarations }], toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.AUTO } } } });
      const send = async (message) => {
        if (!streamed) return (await chat.sendMessage({ message })).functionCalls ?? (await chat.getHistory()).at(-1).parts[0].text;
        const [calls, texts] = [[], []];
        for await (const chunk of await chat.sendMessageStream({ message })) {
          calls.push(...(chunk.functionCalls ?? []));
          texts.push(chunk.text ?? '');
        }
        return calls.length > 0 ? calls : texts.join('');
      };
      const calls = await send(ask.tools);
      assert.deepEqual(calls.map((call) => [call.name, call.args ?? {}]), [['weather', { city: 'Paris' }], ['now', {}]]);
      const answers = { weather: 'sun', now: 'noon' };
      assert.equal(await send(calls.map(({ id, name }) => ({ functionResponse: { id, name, response: { output: answers[name] } } }))), 'Sunny at noon.');
    });
  }

  test(`${model}: structured output`, async () => {
    for (const schema of [
      { responseJsonSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'], additionalProperties: false } },
      { responseSchema: { type: 'OBJECT', properties: { text: { type: 'STRING', nullable: true } }, required: ['text'] } },
    ]) {
      const answer = await ai.models.generateContent({ model, contents: ask.hello, config: { responseMimeType: 'application/json', ...schema } });
      assert.equal(answer.text, hello);
    }
  });

  test(`${model}: vision`, async () => {
    const contents = [{ role: 'user', parts: [{ text: ask.hello }, { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }] }];
    assert.equal((await ai.models.generateContent({ model, contents })).text, hello);
  });

  test(`${model}: abort`, async () => {
    const stream = await ai.models.generateContentStream({ model, contents: ask.slowly, config: { abortSignal: AbortSignal.timeout(2000) } });
    let text = '';
    await assert.rejects(async () => {
      for await (const chunk of stream) text += chunk.text ?? '';
    });
    assert.equal(text, 'one two');
    await assert.rejects(ai.models.generateContent({ model, contents: ask.never, config: { abortSignal: AbortSignal.timeout(300) } }));
  });

  test(`${model}: countTokens`, async () => {
    const { totalTokens } = await ai.models.countTokens({ model, contents: 'How many tokens are these?' });
    assert.ok(totalTokens > 3 && totalTokens < 50, `${totalTokens}`);
  });

  for (const status of [400, 401, 404, 429, 500]) {
    test(`${model}: the provider's ${status}`, async () => {
      for (const call of [() => ai.models.generateContent({ model, contents: ask.fail(status) }), () => ai.models.generateContentStream({ model, contents: ask.fail(status) })]) {
        await assert.rejects(call(), (error) => {
          assert.ok(error instanceof ApiError, error.message);
          assert.equal(error.status, status);
          assert.match(error.message, /It went wrong/);
          return true;
        });
      }
    });
  }
}

test('a wrong key and an unknown model', async () => {
  const stranger = new GoogleGenAI({ apiKey: 'sk-wrong', httpOptions });
  await assert.rejects(stranger.models.generateContent({ model: 'gpt', contents: ask.hello }), (error) => error instanceof ApiError && error.status === 401);
  await assert.rejects(ai.models.generateContent({ model: 'unheard-of', contents: ask.hello }), (error) => error instanceof ApiError && error.status === 400);
});
