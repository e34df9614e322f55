import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Shell } from './ui/shell.js';
import { ActivityPage } from './pages/activity.js';
import { DecisionPage, DecisionsPage } from './pages/decisions.js';
import { GroupPage, GroupsPage } from './pages/groups.js';
import { HomePage } from './pages/home.js';
import { InboxPage } from './pages/inbox.js';
import { ApplicationPage, JoiningPage } from './pages/joining.js';
import { MeetingPage, MeetingsPage } from './pages/meetings.js';
import { MouPage, MousPage } from './pages/mous.js';
import { NetworkPage } from './pages/network.js';
import { NotFoundPage } from './pages/not-found.js';
import { ParliamentPage, PartnerPage } from './pages/bodies.js';
import { PeoplePage, PersonPage } from './pages/people.js';
import { RecordPage } from './pages/record.js';
import { SearchPage } from './pages/search.js';
import { SignInPage } from './pages/sign-in.js';
import { StatementPage } from './pages/statement/statement.js';
import { StatementsPage } from './pages/statement/statements.js';
import { TermsPage } from './pages/terms.js';
import { TranslationsPage } from './pages/translate/queue.js';

/** In the address of every page: the past moment, the search, the tab. */
export interface Search {
  asOf?: string;
  q?: string;
  tab?: string;
}
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** The editor comes with the room, not with the first page. */
const RoomPage = lazyRouteComponent(() => import('./pages/room/room.js')) as () => React.ReactNode;

/** Translating comes with its own screens. */
const DeskPage = lazyRouteComponent(() => import('./pages/translate/desk.js')) as () => React.ReactNode;
const ConcordancePage = lazyRouteComponent(() => import('./pages/translate/concordance.js')) as () => React.ReactNode;

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
  validateSearch: (raw: Record<string, unknown>): Search => {
    const [asOf, q, tab] = [text(raw['asOf']), text(raw['q']), text(raw['tab'])];
    return { ...(asOf ? { asOf } : {}), ...(q ? { q } : {}), ...(tab ? { tab } : {}) };
  },
});
const page = <P extends string>(path: P, component: () => React.ReactNode) => createRoute({ getParentRoute: () => root, path, component });

const routes = [
  page('/', HomePage), page('/network', NetworkPage), page('/groups', GroupsPage), page('/groups/$id', GroupPage), page('/people', PeoplePage),
  page('/people/$id', PersonPage), page('/parliaments/$id', ParliamentPage), page('/partners/$id', PartnerPage), page('/joining', JoiningPage),
  page('/joining/$id', ApplicationPage), page('/decisions', DecisionsPage), page('/decisions/$id', DecisionPage),
  page('/meetings', MeetingsPage), page('/meetings/$id', MeetingPage), page('/mous', MousPage), page('/mous/$id', MouPage),
  page('/statements', StatementsPage), page('/statements/$id', StatementPage), page('/statements/$id/room', RoomPage), page('/statements/$id/concordance', ConcordancePage),
  page('/translate', TranslationsPage), page('/translate/$id', DeskPage), page('/terms', TermsPage), page('/record/$id', RecordPage), page('/activity', ActivityPage), page('/inbox', InboxPage),
  page('/search', SearchPage), page('/sign-in', SignInPage),
];
export const router = createRouter({ routeTree: root.addChildren(routes), defaultPreload: 'intent', scrollRestoration: true });
