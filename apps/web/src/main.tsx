import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { get, type Me, Refused, setCsrf } from './api.js';
import { LiveProvider } from './context.js';
import { startLanguages } from './i18n.js';
import { router } from './router.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/pages.css';
import './styles/decisions.css';
import './styles/drafting.css';
import './styles/translate.css';
import './styles/signing.css';
import './styles/agreements.css';
import './styles/print.css';

const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, refetchOnWindowFocus: false, retry: (count, error) => !(error instanceof Refused && error.status < 500) && count < 3 },
  },
});

// Who reads decides the language, so that is asked first.
const me = await get<Me>('/api/v1/session');
setCsrf(me.csrf);
queries.setQueryData(['session'], me);
await startLanguages(me.language);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <LiveProvider>
        <RouterProvider router={router} />
      </LiveProvider>
    </QueryClientProvider>
  </StrictMode>,
);
