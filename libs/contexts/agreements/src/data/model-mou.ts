import type { Multilingual } from '#kernel';
import type { ClauseKind } from '../mou/schemas.js';

interface ModelClause {
  readonly kind: ClauseKind;
  readonly text: Multilingual;
}

/**
 * A standard memorandum from which a chair can start: the kinds of clause of domain 3.2, in the register of an instrument that binds
 * nobody in law. What is to be filled in stands in ‹angle quotes›; what the rules compute with stands in the terms of the proposal too.
 */
export const modelMou: readonly ModelClause[] = [
  {
    kind: 'title',
    text: {
      en: 'Memorandum of Understanding between ‹first group› and ‹second group› on cooperation for the prevention of genocide and other atrocity crimes',
      fr: 'Mémorandum d’accord entre ‹premier groupe› et ‹second groupe› sur la coopération en matière de prévention du génocide et des autres crimes d’atrocité',
    },
  },
  {
    kind: 'parties',
    text: {
      en: '‹first group›, a cross-party group of ‹parliament›, and ‹second group›, a cross-party group of ‹parliament› (“the Participants”),',
      fr: '‹premier groupe›, groupe interpartis de ‹parlement›, et ‹second groupe›, groupe interpartis de ‹parlement› (ci-après « les Participants »),',
    },
  },
  {
    kind: 'preamble',
    text: {
      en: 'Recalling the Convention on the Prevention and Punishment of the Crime of Genocide of 9 December 1948,\nMindful of the responsibility to protect populations from genocide, war crimes, ethnic cleansing and crimes against humanity, as set out in the 2005 World Summit Outcome,\nConvinced that members of parliament of all political persuasions can help to prevent such crimes by their scrutiny of government,\nhave reached the following understanding:',
      fr: 'Rappelant la Convention pour la prévention et la répression du crime de génocide du 9 décembre 1948,\nConscients de la responsabilité de protéger les populations contre le génocide, les crimes de guerre, le nettoyage ethnique et les crimes contre l’humanité, énoncée dans le Document final du Sommet mondial de 2005,\nConvaincus que les parlementaires de toutes tendances politiques peuvent contribuer à prévenir ces crimes par leur contrôle de l’action gouvernementale,\nsont parvenus à l’entente suivante :',
    },
  },
  {
    kind: 'purpose',
    text: {
      en: 'The purpose of this Memorandum is to give a lasting framework to the cooperation of the Participants in preventing atrocity crimes and protecting civilians.',
      fr: 'Le présent Mémorandum a pour objet de donner un cadre durable à la coopération des Participants en matière de prévention des crimes d’atrocité et de protection des civils.',
    },
  },
  {
    kind: 'cooperation',
    text: {
      en: 'The Participants will cooperate in particular by exchanging information and analysis, by visits, by joint statements, by training, and by parallel parliamentary questions, motions and hearings.',
      fr: 'Les Participants coopéreront notamment par l’échange d’informations et d’analyses, par des visites, par des déclarations communes, par des formations, ainsi que par des questions, motions et auditions parlementaires parallèles.',
    },
  },
  {
    kind: 'modalities',
    text: {
      en: 'The Participants will meet at least ‹number› times a year, in person or at a distance, and will adopt a yearly work plan. Each Participant will bear its own costs.',
      fr: 'Les Participants se réuniront au moins ‹nombre› fois par an, en personne ou à distance, et adopteront un plan de travail annuel. Chaque Participant prendra en charge ses propres frais.',
    },
  },
  {
    kind: 'focal-points',
    text: {
      en: 'Each Participant will name a focal point and a deputy, and will tell the other Participants without delay when either changes.',
      fr: 'Chaque Participant désignera un point focal et un suppléant et informera sans délai les autres Participants de tout changement.',
    },
  },
  {
    kind: 'information-handling',
    text: {
      en: 'Information will be handled according to the label that its author gives it (Traffic Light Protocol). Unless labelled otherwise, what is exchanged under this Memorandum is TLP:AMBER. No Participant will make public what another has shared in confidence.',
      fr: 'Les informations seront traitées selon la marque que leur auteur leur attribue (Traffic Light Protocol). Sauf marque contraire, ce qui est échangé au titre du présent Mémorandum porte la marque TLP:AMBER. Aucun Participant ne rendra public ce qu’un autre lui aura confié.',
    },
  },
  {
    kind: 'crisis',
    text: {
      en: 'When a Participant tells another of an imminent risk of atrocity crimes, their focal points will be in contact within ‹number› hours.',
      fr: 'Lorsqu’un Participant signale à un autre un risque imminent de crimes d’atrocité, leurs points focaux se mettront en contact dans un délai de ‹nombre› heures.',
    },
  },
  {
    kind: 'accession',
    text: {
      en: 'A cross-party group of another parliament may join this Memorandum with the consent of all Participants, by a letter to the depositary in which it takes on the text as it then stands.',
      fr: 'Un groupe interpartis d’un autre parlement peut se joindre au présent Mémorandum avec le consentement de tous les Participants, par une lettre au dépositaire dans laquelle il fait sien le texte tel qu’il se lit alors.',
    },
  },
  {
    kind: 'status',
    text: {
      en: 'This Memorandum is a statement of political intent. It is not legally binding, creates no rights or duties under national or international law, commits no parliament and no government, and carries no budget.',
      fr: 'Le présent Mémorandum est une déclaration d’intention politique. Il est non juridiquement contraignant, ne crée ni droits ni devoirs en droit interne ou international, n’engage aucun parlement ni aucun gouvernement et n’emporte aucun budget.',
    },
  },
  {
    kind: 'languages',
    text: {
      en: 'This Memorandum is signed in the English and French languages, both texts having equal validity.',
      fr: 'Le présent Mémorandum est signé en langues anglaise et française, les deux textes ayant la même valeur.',
    },
  },
  {
    kind: 'effect',
    text: {
      en: 'This Memorandum comes into effect on the day of the last signature. It will remain in effect for ‹number› years and will be renewed for the same time unless a Participant gives notice.',
      fr: 'Le présent Mémorandum prend effet le jour de la dernière signature. Il reste en effet pendant ‹nombre› ans et est reconduit pour la même durée, à moins qu’un Participant ne donne préavis.',
    },
  },
  {
    kind: 'amendment',
    text: {
      en: 'This Memorandum may be amended, and addenda may be added to it, with the written consent of all Participants.',
      fr: 'Le présent Mémorandum peut être modifié et complété par des addenda avec le consentement écrit de tous les Participants.',
    },
  },
  {
    kind: 'differences',
    text: {
      en: 'The Participants will settle any difference about the meaning or use of this Memorandum by consultation among themselves.',
      fr: 'Les Participants régleront par voie de consultation toute divergence sur le sens ou l’application du présent Mémorandum.',
    },
  },
  {
    kind: 'suspension',
    text: {
      en: 'Cooperation under this Memorandum rests while a Participant is suspended from the network. It may resume when the other Participants so decide.',
      fr: 'La coopération au titre du présent Mémorandum est suspendue tant qu’un Participant est suspendu du réseau. Elle peut reprendre sur décision des autres Participants.',
    },
  },
  {
    kind: 'withdrawal',
    text: {
      en: 'A Participant may withdraw by giving the depositary ‹number› months’ written notice. This Memorandum ends when fewer than two Participants remain.',
      fr: 'Un Participant peut se retirer moyennant un préavis écrit de ‹nombre› mois adressé au dépositaire. Le présent Mémorandum prend fin lorsqu’il reste moins de deux Participants.',
    },
  },
  {
    kind: 'depositary',
    text: {
      en: 'The secretariat of the network is the depositary. It will keep the originals and the register, notify the Participants of every act, and issue certified copies.',
      fr: 'Le secrétariat du réseau est le dépositaire. Il conserve les originaux et tient le registre, notifie chaque acte aux Participants et délivre des copies certifiées conformes.',
    },
  },
  {
    kind: 'done-at',
    text: {
      en: 'Signed at ‹place› on ‹date› in ‹number› originals.',
      fr: 'Signé à ‹lieu›, le ‹date›, en ‹nombre› exemplaires originaux.',
    },
  },
  {
    kind: 'signatures',
    text: {
      en: 'For ‹first group›: ‹name and title›\nFor ‹second group›: ‹name and title›\nWitnesses: ‹names›',
      fr: 'Pour ‹premier groupe› : ‹nom et qualité›\nPour ‹second groupe› : ‹nom et qualité›\nTémoins : ‹noms›',
    },
  },
];
