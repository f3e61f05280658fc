/**
 * A text that grows at its end, as UTF-8. One that is put together of strings is a hundred thousand
 * pieces for the garbage collector, until somebody reads the whole.
 */
export class Utf8 {
  private bytes = Buffer.allocUnsafeSlow(1 << 12);
  private end = 0;

  public get length(): number {
    return this.end;
  }

  public add(piece: Uint8Array): void {
    this.makeRoom(piece.length);
    this.bytes.set(piece, this.end);
    this.end += piece.length;
  }

  public addText(text: string): void {
    // A unit of UTF-16 takes three bytes at most.
    this.makeRoom(text.length * 3);
    this.end += this.bytes.write(text, this.end);
  }

  /** Adds again what stands there. */
  public repeat(from: number, to: number): void {
    this.makeRoom(to - from);
    this.bytes.copyWithin(this.end, from, to);
    this.end += to - from;
  }

  /** Takes away what was added since it was so long. */
  public cut(length: number): void {
    this.end = length;
  }

  public toString(): string {
    return this.bytes.toString('utf8', 0, this.end);
  }

  private makeRoom(more: number): void {
    if (this.end + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow((this.end + more) * 2);
    larger.set(this.bytes.subarray(0, this.end));
    this.bytes = larger;
  }
}
