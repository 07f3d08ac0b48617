import { describe, expect, it } from 'vitest';
import { matchesPhone } from './phones.ts';

describe('looking for a number', () => {
  it.each([
    { phone: '+16173990000', search: '', isFound: true },
    { phone: '+16173990000', search: '617 399', isFound: true },
    { phone: '+16173990000', search: ' (617) 399-0000 ', isFound: true },
    { phone: '+16173990000', search: '+1 617', isFound: true },
    { phone: '+16173990000', search: '618', isFound: false },
    { phone: '+16173990000', search: 'desk 617', isFound: false },
    { phone: 'Desk-12', search: 'desk', isFound: true },
    { phone: 'Desk-12', search: '12', isFound: true },
  ])('$phone by "$search": $isFound', ({ phone, search, isFound }) => {
    expect(matchesPhone(phone, search)).toBe(isFound);
  });
});
