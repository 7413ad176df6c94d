import account from './account.json';
import common from './common.json';
import composer from './composer.json';
import connection from './connection.json';
import keyboard from './keyboard.json';
import media from './media.json';
import people from './people.json';
import rooms from './rooms.json';
import search from './search.json';
import settings from './settings.json';
import shell from './shell.json';
import timeline from './timeline.json';
import errors from './errors.json';

export default {
  account,
  common,
  composer,
  connection,
  keyboard,
  media,
  people,
  rooms,
  search,
  settings,
  shell,
  timeline,
  errors,
};
