/** The proof, for the platforms of others: renders with real Helms and compares. */
export { runProof, type ProofSubject } from './run';
