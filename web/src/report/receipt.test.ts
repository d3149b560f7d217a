/** Receipts as people type them. */
import { describe, expect, it } from 'vitest';
import { groupReceipt, normaliseReceipt, receiptFault } from './receipt';

describe('a receipt', () => {
  it.each([
    ['7K3M-Q2XW-9TDR-4HVB', '7K3MQ2XW9TDR4HVB'],
    ['  7k3m q2xw 9tdr 4hvb ', '7K3MQ2XW9TDR4HVB'],
    ['oO0-iIlL1', '0001' + '1111'],
    ['7k3m–q2xw—9tdr−4hvb', '7K3MQ2XW9TDR4HVB'],
    ['７Ｋ３Ｍ', '7K3M'],
    ['7K3M\u00a0Q2XW\n', '7K3MQ2XW'],
  ])('reads %j as %s', (typed, meant) => expect(normaliseReceipt(typed)).toBe(meant));

  it('is written in groups of four', () => {
    expect(groupReceipt('7k3mq2xw9tdr4hvb')).toBe('7K3M-Q2XW-9TDR-4HVB');
    expect(groupReceipt('')).toBe('');
  });

  it('says what is wrong with it', () => {
    expect(receiptFault(' - ')).toBe('empty');
    expect(receiptFault('7K3M-Q2XW')).toBe('length');
    expect(receiptFault('7K3M-Q2XW-9TDR-4HVBB')).toBe('length');
    expect(receiptFault('7K3M-Q2XW-9TDR-4HVU')).toBe('character');
    expect(receiptFault('7k3m q2xw 9tdr 4hvb')).toBeNull();
  });
});
