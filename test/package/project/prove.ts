import { runProof } from 'twinchart/proof';
import { compose } from './main';

runProof([{ name: 'shop', compose }]);
