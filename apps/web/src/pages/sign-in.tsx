import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { type Me, Refused, send, setCsrf } from '../api.js';
import { useMe, useWords } from '../context.js';
import { changeLanguage } from '../i18n.js';
import { Card, Title } from '../ui/page.js';

const DEMO = ['chair.xa', 'chair.xb', 'chair.xc', 'member.xa', 'secretariat.xa', 'network', 'cochair', 'observer', 'auditor'];

export function SignInPage() {
  const { t } = useWords();
  const me = useMe();
  const queries = useQueryClient();
  const go = useNavigate();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const submit = async () => {
    try {
      const signedIn = await send<Me>('POST', '/api/v1/session', { email, password });
      setCsrf(signedIn.csrf);
      await changeLanguage(signedIn.language);
      queries.removeQueries({ predicate: (q) => q.queryKey[0] !== 'session' });
      queries.setQueryData(['session'], signedIn);
      await go({ to: '/' });
    } catch (error) {
      setProblem(error instanceof Refused ? error.problem.title : t('unreachable'));
    }
  };
  return (
    <div className="narrow">
      <Title>{t('signIn')}</Title>
      <form className="card" onSubmit={(e) => { e.preventDefault(); void submit(); }}>
        <div className="field"><label htmlFor="email">{t('email')}</label><input id="email" type="email" autoComplete="username" required dir="ltr" value={email} onChange={(e) => setEmail(e.target.value)} /></div>
        <div className="field"><label htmlFor="password">{t('password')}</label><input id="password" type="password" autoComplete="current-password" required dir="ltr" value={password} onChange={(e) => setPassword(e.target.value)} /></div>
        {problem && <p className="refusal" role="alert">{problem}</p>}
        <button type="submit" className="primary">{t('signIn')}</button>
      </form>
      {me?.demo && (
        <Card title={t('demo.title')}>
          <p>{t('demo.what')}</p>
          <div className="row wrap">
            {DEMO.map((name) => (
              <button key={name} type="button" onClick={() => { setEmail(`${name}@demo.example`); setPassword('try everything out here'); }}><bdi>{name}</bdi></button>
            ))}
          </div>
        </Card>
      )}
    </div>
  );
}
