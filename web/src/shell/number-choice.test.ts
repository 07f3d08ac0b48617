import { describe, expect, it } from 'vitest';
import { choiceText, optionsOf, toggled, unseenOf } from './number-choice.ts';

const numbers = ['+16173990000', '+16173990001', '+442071838750'].map((number) => ({ number, is_owned: true }));

describe('the filter of numbers', () => {
  it.each([
    { chosen: [], text: 'All numbers (3)' },
    { chosen: ['+16173990000'], text: '+1\u{a0}617\u{a0}399\u{a0}0000' },
    { chosen: ['+16173990000', '+442071838750'], text: '2 numbers' },
  ])('says $text', ({ chosen, text }) => {
    expect(choiceText(chosen, 3)).toBe(text);
  });

  it('offers the chosen ones first, and says how many it leaves out', () => {
    const { options, more } = optionsOf(numbers, { chosen: ['+442071838750'], search: '', limit: 2 });
    expect({ options: options.map(({ number }) => number), more }).toEqual({
      options: ['+442071838750', '+16173990000'],
      more: 1,
    });
  });

  it('offers what has the digits that were typed', () => {
    const { options, more } = optionsOf(numbers, { chosen: [], search: '399 0001', limit: 2 });
    expect({ options: options.map(({ number }) => number), more }).toEqual({ options: ['+16173990001'], more: 0 });
  });

  it('knows which numbers of an address the reader does not see, however they are spelled', () => {
    const asked = ['+16173990000', '617-399-0001', '+1 617 399 0002', '+442071838750', 'front desk'];
    expect(unseenOf(asked, numbers)).toEqual(['+1 617 399 0002', 'front desk']);
    expect(unseenOf(['front desk'], [{ number: 'front desk', is_owned: true }])).toEqual([]);
  });

  it('adds a number, and takes it away', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });
});
