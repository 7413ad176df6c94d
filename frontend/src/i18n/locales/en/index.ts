import account from './account.json';
import common from './common.json';
import composer from './composer.json';
import connection from './connection.json';
import emoji from './emoji.json';
import invite from './invite.json';
import keyboard from './keyboard.json';
import media from './media.json';
import panel from './panel.json';
import people from './people.json';
import rooms from './rooms.json';
import search from './search.json';
import settings from './settings.json';
import shell from './shell.json';
import timeline from './timeline.json';
import typing from './typing.json';

export default {
  account,
  common,
  composer,
  connection,
  emoji,
  invite,
  keyboard,
  media,
  panel,
  people,
  rooms,
  search,
  settings,
  shell,
  timeline,
  typing,
};
