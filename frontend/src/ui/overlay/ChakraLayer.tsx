import { ChakraProvider } from '@chakra-ui/react/styled-system';
import type { ReactNode } from 'react';

import { system } from './system';

/** What Chakra's parts need around them. It stands around each layer and not around the page, so that the first
 * view loads without Chakra. */
export default function ChakraLayer({ children }: { children: ReactNode }) {
  return <ChakraProvider value={system}>{children}</ChakraProvider>;
}
