import { defineMessages } from "../../platform/i18n/messages.js";
import "../contact.messages.js";

/** Of the file as a whole. */
defineMessages({
  FILE_NOT_CSV: {
    en: "This is not a CSV file. Save the sheet as CSV and upload that.",
    fr: "Ce n'est pas un fichier CSV. Enregistrez la feuille au format CSV et envoyez ce fichier.",
    es: "No es un archivo CSV. Guarde la hoja como CSV y envíe ese archivo.",
  },
  ZIP_NOT_SINGLE_CSV: {
    en: "The zip has to hold one CSV file and nothing else, without a password.",
    fr: "Le zip doit contenir un seul fichier CSV, sans rien d'autre ni mot de passe.",
    es: "El zip debe contener un solo archivo CSV, sin nada más ni contraseña.",
  },
  ZIP_BROKEN: {
    en: "The zip is damaged. Make it again, or upload the CSV itself.",
    fr: "Le zip est endommagé. Recréez-le, ou envoyez le fichier CSV lui-même.",
    es: "El zip está dañado. Créelo de nuevo o envíe el archivo CSV mismo.",
  },
  BAD_ENCODING: {
    en: "The characters of the file cannot be read. Save it as CSV UTF-8.",
    fr: "Les caractères du fichier sont illisibles. Enregistrez-le au format CSV UTF-8.",
    es: "No se pueden leer los caracteres del archivo. Guárdelo como CSV UTF-8.",
  },
  NO_HEADER: {
    en: "The file has no header line with the names of the columns.",
    fr: "Le fichier n'a pas de ligne d'en-tête avec les noms des colonnes.",
    es: "El archivo no tiene una línea de encabezado con los nombres de las columnas.",
  },
  ROW_TOO_LONG: {
    en: "Row {line} is longer than {limit} bytes. Perhaps a quote is not closed.",
    fr: "La ligne {line} dépasse {limit} octets. Un guillemet n'est peut-être pas fermé.",
    es: "La fila {line} supera {limit} bytes. Quizá falte cerrar unas comillas.",
  },
  TOO_MANY_COLUMNS: {
    en: "Row {line} has more than {limit} columns.",
    fr: "La ligne {line} a plus de {limit} colonnes.",
    es: "La fila {line} tiene más de {limit} columnas.",
  },
  CELL_TOO_LONG: {
    en: "A cell of row {line} has more than {limit} characters.",
    fr: "Une cellule de la ligne {line} a plus de {limit} caractères.",
    es: "Una celda de la fila {line} tiene más de {limit} caracteres.",
  },
  QUOTE_NOT_CLOSED: {
    en: "A cell of row {line} begins with a quote that is not closed at its end.",
    fr: "Une cellule de la ligne {line} commence par un guillemet qui n'est pas fermé à la fin.",
    es: "Una celda de la fila {line} empieza con unas comillas que no se cierran al final.",
  },
  MISSING_KEY_COLUMN: {
    en: "The file has no column {column}, by which contacts are found.",
    fr: "Le fichier n'a pas de colonne {column}, par laquelle les contacts sont trouvés.",
    es: "El archivo no tiene la columna {column}, por la que se buscan los contactos.",
  },
  DUPLICATE_COLUMN: {
    en: "Column {position} has the same name as an earlier one.",
    fr: "La colonne {position} porte le même nom qu'une précédente.",
    es: "La columna {position} tiene el mismo nombre que una anterior.",
  },
  AMBIGUOUS_COLUMN: {
    en: "Column {position} can be the field {column}, or what has the code of that name. Write the field exactly as {column}; the code is read beside it.",
    fr: "La colonne {position} peut être le champ {column} ou ce qui porte ce code. Écrivez le champ exactement {column} ; le code est lu à côté de lui.",
    es: "La columna {position} puede ser el campo {column} o lo que tiene ese código. Escriba el campo exactamente como {column}; el código se lee junto a él.",
  },
  UNKNOWN_FIELD: {
    en: "The name of column {position} is none of this import.",
    fr: "Le nom de la colonne {position} n'existe pas dans cet import.",
    es: "El nombre de la columna {position} no existe en esta importación.",
  },
  NO_NEW_COLUMN: {
    en: "The file has no column that begins with [new], so it changes nothing.",
    fr: "Aucune colonne du fichier ne commence par [new] : il ne change rien.",
    es: "Ninguna columna del archivo empieza por [new]: no cambia nada.",
  },
  OLD_COLUMN_MISSING: {
    en: "The file does not say what the values were ({columns}), so changes since then are not noticed.",
    fr: "Le fichier n'indique pas les anciennes valeurs ({columns}) : les changements faits depuis ne sont pas détectés.",
    es: "El archivo no indica los valores anteriores ({columns}): no se detectan los cambios hechos desde entonces.",
  },
  WRONG_IMPORT_TYPE: {
    en: "The file is for another type of import.",
    fr: "Le fichier est destiné à un autre type d'import.",
    es: "El archivo es para otro tipo de importación.",
  },
});

/** Of the job. */
defineMessages({
  IMPORT_NOT_PERMITTED: {
    en: "The operator who started the import may no longer run imports.",
    fr: "L'opérateur qui a lancé l'import n'a plus le droit d'importer.",
    es: "El operador que inició la importación ya no puede importar.",
  },
  IMPORT_INTERRUPTED: {
    en: "The import was interrupted several times at the same place. Tell your administrator.",
    fr: "L'import a été interrompu plusieurs fois au même endroit. Prévenez votre administrateur.",
    es: "La importación se interrumpió varias veces en el mismo lugar. Avise a su administrador.",
  },
  PLAN_NOT_EXPECTED: {
    en: "A plan is approved for an update. Take the mode UPDATE.",
    fr: "Un plan s'approuve pour une mise à jour. Choisissez le mode UPDATE.",
    es: "Un plan se aprueba para una actualización. Elija el modo UPDATE.",
  },
  PLAN_NOT_FOUND: {
    en: "No check that you may see has this plan, or its rows are no longer kept. Check the file again.",
    fr: "Aucune vérification visible pour vous n'a ce plan, ou ses lignes ne sont plus conservées. Vérifiez de nouveau le fichier.",
    es: "Ninguna comprobación visible para usted tiene este plan, o sus filas ya no se conservan. Compruebe de nuevo el archivo.",
  },
  PLAN_OF_OTHER_FILE: {
    en: "The plan is of another file, or of another type, organization or onMatch. Upload the file that was checked.",
    fr: "Le plan concerne un autre fichier, ou un autre type, organisme ou onMatch. Envoyez le fichier vérifié.",
    es: "El plan es de otro archivo, o de otro tipo, organismo u onMatch. Envíe el archivo comprobado.",
  },
  IMPORT_NOT_FOUND: {
    en: "No import has this id.",
    fr: "Aucun import n'a cet identifiant.",
    es: "Ninguna importación tiene este identificador.",
  },
  IMPORT_HAS_ENDED: {
    en: "The import has already ended.",
    fr: "L'import est déjà terminé.",
    es: "La importación ya terminó.",
  },
});

/** Of a row. */
defineMessages({
  COLUMN_COUNT: {
    en: "The row has not as many cells as the header.",
    fr: "La ligne n'a pas autant de cellules que l'en-tête.",
    es: "La fila no tiene tantas celdas como el encabezado.",
  },
  DUPLICATE_ROW: {
    en: "An earlier row is about the same contact or e-mail address.",
    fr: "Une ligne précédente concerne le même contact ou la même adresse e-mail.",
    es: "Una fila anterior trata del mismo contacto o de la misma dirección de correo electrónico.",
  },
  KEY_MISMATCH: {
    en: "The id and the number are those of two contacts.",
    fr: "L'identifiant et le numéro désignent deux contacts différents.",
    es: "El identificador y el número son de dos contactos distintos.",
  },
  INVALID_BOOLEAN: {
    en: "This is none of the accepted spellings: {accepted}{hint}.",
    fr: "Ce n'est pas une des formes acceptées : {accepted}{hint}.",
    es: "No es ninguna de las formas aceptadas: {accepted}{hint}.",
  },
  INVALID_OLD_VALUE: {
    en: "The old value cannot be read, so nothing is changed{hint}. Put back what was exported, or clear the cell.",
    fr: "L'ancienne valeur est illisible, rien n'est donc changé{hint}. Remettez ce qui a été exporté, ou videz la cellule.",
    es: "El valor anterior no se puede leer, así que no se cambia nada{hint}. Vuelva a poner lo exportado o vacíe la celda.",
  },
  VALUE_CHANGED: {
    en: "The value was changed since the file was made. Export it again.",
    fr: "La valeur a changé depuis la création du fichier. Exportez-le de nouveau.",
    es: "El valor cambió desde que se hizo el archivo. Expórtelo de nuevo.",
  },
  UNVERIFIED_AGREEMENT: {
    en: "The contact has refused. A file that does not say so ([old]) cannot make that an agreement.",
    fr: "Le contact a refusé. Un fichier qui ne le dit pas ([old]) ne peut pas en faire un accord.",
    es: "El contacto rechazó. Un archivo que no lo dice ([old]) no puede convertirlo en un consentimiento.",
  },
  PLAN_CHANGED: {
    en: "The row is not any more as it was when the plan was made. Check the file again.",
    fr: "La ligne n'est plus telle qu'au moment du plan. Vérifiez de nouveau le fichier.",
    es: "La fila ya no está como cuando se hizo el plan. Compruebe de nuevo el archivo.",
  },
  CONTACT_INVALID: {
    en: "The contact is no longer valid: nothing is done with him. His authorizations can still be withdrawn (FALSE), but not by an import.",
    fr: "Le contact n'est plus valide : aucune action n'est possible. Ses autorisations peuvent encore être retirées (FALSE), mais pas par un import.",
    es: "El contacto ya no es válido: no se hace nada con él. Sus autorizaciones aún se pueden retirar (FALSE), pero no mediante una importación.",
  },
  AUTHORIZATION_NOT_APPLICABLE: {
    en: "A structure has no authorizations. Set those of its relay.",
    fr: "Une structure n’a pas d’autorisations. Modifiez celles de son relais.",
    es: "Una estructura no tiene autorizaciones. Modifique las de su enlace.",
  },
  AMBIGUOUS_EMAIL: {
    en: "Several contacts have this e-mail address.",
    fr: "Plusieurs contacts ont cette adresse e-mail.",
    es: "Varios contactos tienen esta dirección de correo electrónico.",
  },
  SKIPPED_EXISTS: {
    en: "A contact has this e-mail address already.",
    fr: "Un contact a déjà cette adresse e-mail.",
    es: "Un contacto ya tiene esta dirección de correo electrónico.",
  },
  DUPLICATE_STRUCTURE: {
    en: "A structure with this name and address exists, or is in an earlier row.",
    fr: "Une structure avec ce nom et cette adresse existe, ou figure dans une ligne précédente.",
    es: "Ya existe una estructura con este nombre y dirección, o está en una fila anterior.",
  },
  CONTACT_NOT_RELAY: {
    en: "The contact exists and is no relay of a structure with this name and address. An import does not make it one.",
    fr: "Le contact existe et n'est pas relais d'une structure avec ce nom et cette adresse. Un import ne le rend pas relais.",
    es: "El contacto existe y no es relevo de una estructura con este nombre y dirección. Una importación no lo convierte.",
  },
});
