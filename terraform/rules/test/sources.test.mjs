import assert from 'node:assert/strict';
import test from 'node:test';
import { mutations } from '../mutations.mjs';
import { judge, rules } from '../source-rules.mjs';
import { around, read } from '../sources.mjs';
import { copy, home, mutate } from '../terraform.mjs';

const blocks = await read(home);

for (const [rule, of] of Object.entries(rules)) {
  test(`sources: ${rule}`, () => assert.deepEqual(of(blocks), []));
}

for (const mutation of mutations) {
  test(`sources: notices that ${mutation.name}`, async () => {
    const tree = copy();
    try {
      mutate(tree.folder, mutation);
      const wrong = judge(await read(tree.folder));
      assert.ok(wrong.length > 0 && wrong.every((sentence) => sentence.startsWith(mutation.rule)), wrong.join('\n'));
    } finally {
      tree.remove();
    }
  });
}

test('sources: a statement that denies may be broad', () => {
  const text = '{ Statement = [{ Effect = "Deny", Action = "s3:*" }, { Effect = "Allow", Action = "s3:*" }] }';
  assert.match(around(text, text.indexOf('s3:*')), /Deny/);
  assert.match(around(text, text.lastIndexOf('s3:*')), /Allow/);
});
