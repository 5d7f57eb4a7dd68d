// Vercel's AI SDK with its OpenAI and OpenAI-compatible providers, https://github.com/vercel/ai
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, jsonSchema, Output, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';
import { apiKey, ask, baseURL, hello, models, now, place, structuredModels, weather } from './gateway.mjs';

const providers = {
  openai: createOpenAI({ apiKey, baseURL }).chat,
  compatible: createOpenAICompatible({ name: 'gateway', apiKey, baseURL, includeUsage: true, supportsStructuredOutputs: true }),
};

for (const [name, provider] of Object.entries(providers)) {
  for (const id of structuredModels) {
    test(`${name} ${id}: structured output`, async () => {
      const output = Output.object({ schema: z.object({ city: z.string(), sights: z.array(z.string()) }) });
      assert.deepEqual((await generateText({ model: provider(id), prompt: ask.place, maxRetries: 0, output })).output, place);
      assert.deepEqual(await streamText({ model: provider(id), prompt: ask.place, maxRetries: 0, output }).output, place);
    });
  }

  for (const id of models) {
    const model = provider(id);

    test(`${name} ${id}: plain`, async () => {
      const { text, usage, finishReason } = await generateText({ model, system: 'Be brief.', prompt: ask.hello, maxRetries: 0 });
      assert.deepEqual([text, finishReason], [hello, 'stop']);
      assert.ok(usage.totalTokens > 0);
    });

    test(`${name} ${id}: stream`, async () => {
      const result = streamText({ model, prompt: ask.hello, maxRetries: 0 });
      let text = '';
      for await (const piece of result.textStream) text += piece;
      assert.equal(text, hello);
      assert.ok((await result.usage).totalTokens > 0);
    });

    test(`${name} ${id}: tools`, async () => {
      const result = streamText({
        model,
        prompt: ask.tools,
        maxRetries: 0,
        stopWhen: stepCountIs(2),
        tools: {
          weather: tool({ description: weather.description, inputSchema: jsonSchema(weather.parameters), execute: () => 'sun' }),
          now: tool({ description: now.description, inputSchema: jsonSchema(now.parameters), execute: () => 'noon' }),
        },
      });
      assert.equal(await result.text, 'Sunny at noon.');
      assert.deepEqual((await result.steps)[0].toolCalls.map((call) => [call.toolName, call.input]), [['weather', { city: 'Paris' }], ['now', {}]]);
    });

    test(`${name} ${id}: vision`, async () => {
      const content = [{ type: 'text', text: ask.hello }, { type: 'image', image: 'data:image/png;base64,iVBORw0KGgo=' }];
      assert.equal((await generateText({ model, messages: [{ role: 'user', content }], maxRetries: 0 })).text, hello);
    });

    test(`${name} ${id}: abort`, async () => {
      await assert.rejects(generateText({ model, prompt: ask.never, maxRetries: 0, abortSignal: AbortSignal.timeout(300) }), { name: /Abort|Timeout/ });
    });

    test(`${name} ${id}: errors`, async () => {
      for (const status of [400, 401, 429, 500]) {
        await assert.rejects(generateText({ model, prompt: ask.fail(status), maxRetries: 0 }), (error) => {
          assert.ok(APICallError.isInstance(error), `${error}`);
          assert.equal(error.statusCode, status);
          assert.match(error.message, /It went wrong/);
          return true;
        });
      }
    });
  }
}
