import { expect } from '@open-wc/testing';
import { RowHeights } from '../../src/elements/row-heights.ts';

const keys = (count: number) => Array.from({ length: count }, (_, i) => `k${i}`);

describe('the heights of rows', () => {
  it('are the mean of the first that were drawn, until a row is drawn itself', () => {
    const heights = new RowHeights();
    heights.setKeys(keys(1000));
    heights.measure([
      { index: 0, height: 40 },
      { index: 1, height: 80 },
    ]);
    expect(heights.total).to.equal(60_000);
    heights.measure([{ index: 500, height: 100 }]);
    expect(heights.startOf(500)).to.equal(30_000);
    expect(heights.startOf(501)).to.equal(30_100);
    expect(heights.total).to.equal(60_040);
  });

  it('tell which row is where, and never one beyond the ends', () => {
    const heights = new RowHeights();
    heights.setKeys(keys(10));
    heights.measure([{ index: 0, height: 50 }]);
    expect([-100, 0, 49, 50, 499, 9999].map((y) => heights.at(y))).to.deep.equal([0, 0, 0, 1, 9, 9]);
  });

  it('stay with their rows while others come and go', () => {
    const heights = new RowHeights();
    heights.setKeys(['a', 'b', 'c']);
    heights.measure([
      { index: 0, height: 10 },
      { index: 1, height: 20 },
      { index: 2, height: 30 },
    ]);
    heights.setKeys(['b', 'c']);
    expect([0, 1, 2].map((index) => heights.startOf(index))).to.deep.equal([0, 20, 50]);
    heights.setKeys(['c', 'b', 'a']);
    expect([0, 1, 2, 3].map((index) => heights.startOf(index))).to.deep.equal([0, 30, 50, 60]);
  });
});
