/** Invented people get these names: what is common in Switzerland, France and Spain. The common ones come first. */

const split = (text: string): readonly string[] => text.trim().split(/\s+/);

export const firstNames = split(`
  Marie Anna Laura María Sophie Nicolas Thomas Luca Julien Daniel Carmen Antonio Camille Léa Emma Chloé Manon Inès
  Céline Nathalie Sandrine Isabelle Véronique Christine Françoise Monique Hélène Aurélie Élodie Mélanie Stéphanie
  Amélie Margaux Océane Clémence Apolline Éléonore Solène Noémie Joëlle Mireille Ghislaine Bérénice Agnès Sylvie
  Pierre Jean Michel Alain Philippe Patrick Laurent Christophe Frédéric Sébastien Jérôme Olivier Benoît François
  Rémi Loïc Gaël Maël Théo Hugo Louis Gabriel Raphaël Arthur Adrien Étienne Mathieu Quentin Valentin Grégoire
  Thérèse Urs Beat Reto Ueli Hansruedi Jürg Andreas Stefan Markus Peter Christian Lukas Jonas Nils Fabian Matthias
  Regula Ursula Verena Heidi Brigitte Barbara Susanne Monika Silvia Katharina Claudia Franziska Nadja Jasmin Selina
  Lea Mia Noah Elias Liam Leon Matteo Giulia Chiara Francesca Alessandra Paola Elena Sofia Marco Andrea Giuseppe
  Giovanni Roberto Fabio Davide Lorenzo Simona Beatrice Ornella Lucía Paula Sara Marta Pilar Dolores Mercedes
  Rosario Teresa Ángela Concepción Begoña Nuria Rocío Inmaculada Esperanza Javier Francisco José Manuel Miguel
  Rafael Carlos Alejandro Álvaro Sergio Pablo Jorge Alberto Fernando Ramón Enrique Vicente Joaquín Ignacio Andrés
  Iker Ainhoa Leire Jordi Montserrat Núria Oriol Xavier Fatima Amina Yasmine Karim Mehdi Samir Leila Nadia Dragan
  Milica Jelena Ivan Petra Agnieszka Tomasz Joana Tiago Inês Rui Catarina Beatriz Nguyen Linh Mei Priya Arjun`);

export const lastNames = split(`
  Müller Favre Martin García Meier Rochat Bernard Fernández Schmid Dubois Rossi Keller Thomas González Weber Huber
  Robert Rodríguez Richard López Petit Martínez Durand Sánchez Leroy Pérez Moreau Gómez Simon Martín Laurent Jiménez
  Lefebvre Ruiz Michel Hernández Bianchi Brunner Baumann Zimmermann Moser Gerber Wyss Fischer Steiner Graf Roth
  Frei Lüthi Bühler Zürcher Hofer Käser Jäggi Ammann Aebischer Bachmann Egli Fankhauser Gasser Hürlimann Imhof
  Jost Kälin Lehmann Marti Nussbaumer Odermatt Pfister Rüegg Schürch Tanner Vogel Widmer Zbinden Blanc Bonvin
  Chappuis Cornu Crausaz Delacrétaz Despond Dutoit Emery Fragnière Gaillard Genoud Golay Jaquet Junod Magnin Monnier
  Nicollier Oberson Pasquier Perret Pittet Python Rey Savary Tinguely Vuilleumier Yersin Zufferey Berthoud Cuendet
  Roux Vincent Fournier Morel Girard André Mercier Dupont Lambert Bonnet François Fontaine Rousseau Chevalier Robin
  Masson Sanchez Gérard Nguyen Boyer Denis Lemaire Duval Joly Gautier Roger Renard Roy Lacroix Vidal Perrin Aubert
  Guillot Lefèvre Faure Garnier Legrand Rivière Benoît Blanchard Gaillet Brunet Giraud Leclerc Colin Caron Picard
  Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres Domínguez Vázquez Ramos Gil Ramírez Serrano Blanco
  Molina Morales Suárez Ortega Delgado Castro Ortiz Rubio Marín Sanz Núñez Iglesias Medina Garrido Cortés Castillo
  Santos Lozano Guerrero Cano Prieto Méndez Cruz Calvo Gallego Herrera Márquez León Peña Flores Cabrera Campos Vega
  Fuentes Carrasco Díez Reyes Caballero Nieto Aguilar Pascual Herrero Santana Lorenzo Hidalgo Montero Ibáñez Giménez
  Ferrari Bernasconi Fontana Colombo Ricci Conti Galli Crivelli Pedrazzini Lurati Silva Ferreira Pereira Krasniqi
  Berisha Gashi Petrović Jovanović Nikolić Novak Kowalski Nowak Haddad Benali Diallo Traoré Yılmaz Kaya Tran Singh`);

/** A place as `postcode town country`, with underscores for spaces. */
const places = split(`
  1003_Lausanne_CH 1201_Genève_CH 1204_Genève_CH 1700_Fribourg_CH 1800_Vevey_CH 1820_Montreux_CH 1950_Sion_CH
  2000_Neuchâtel_CH 2300_La_Chaux-de-Fonds_CH 2502_Biel/Bienne_CH 3011_Bern_CH 3600_Thun_CH 4051_Basel_CH
  5000_Aarau_CH 6003_Luzern_CH 6500_Bellinzona_CH 6900_Lugano_CH 7000_Chur_CH 8001_Zürich_CH 8400_Winterthur_CH
  9000_St._Gallen_CH 1110_Morges_CH 1260_Nyon_CH 1400_Yverdon-les-Bains_CH 1630_Bulle_CH 3900_Brig_CH 6300_Zug_CH
  75004_Paris_FR 75011_Paris_FR 69002_Lyon_FR 13001_Marseille_FR 31000_Toulouse_FR 33000_Bordeaux_FR 25000_Besançon_FR
  74000_Annecy_FR 74100_Annemasse_FR 01210_Ferney-Voltaire_FR 38000_Grenoble_FR 67000_Strasbourg_FR 68100_Mulhouse_FR
  28013_Madrid_ES 08002_Barcelona_ES 41001_Sevilla_ES 46002_Valencia_ES 48001_Bilbao_ES 29015_Málaga_ES
  50001_Zaragoza_ES 15001_A_Coruña_ES 20001_Donostia_ES 18001_Granada_ES`);

export interface Place {
  readonly postcode: string;
  readonly town: string;
  readonly country: string;
}

/** Towns that exist, with a post code of theirs. */
export const towns: readonly Place[] = places.map((place) => {
  const parts = place.split("_");
  return { postcode: parts[0]!, town: parts.slice(1, -1).join(" "), country: parts.at(-1)! };
});

export const streets: readonly string[] = [
  "Rue du Lac",
  "Avenue de la Gare",
  "Chemin des Tilleuls",
  "Rue Centrale",
  "Grand-Rue",
  "Rue de l'Hôpital",
  "Route de Berne",
  "Place du Marché",
  "Bahnhofstrasse",
  "Hauptstrasse",
  "Seestrasse",
  "Dorfstrasse",
  "Kirchgasse",
  "Via Nassa",
  "Calle Mayor",
  "Calle de Alcalá",
  "Paseo del Prado",
  "Rue de la République",
  "Boulevard Voltaire",
  "Impasse des Lilas",
];

/** Beginnings and endings of rarer surnames, so that a million contacts do not share three hundred. */
export const surnameStems = split(`
  Ach Aem Alb Amst Bal Bär Berch Bern Bis Bod Brand Brei Bur Cas Chal Cler Cor Dan Del Dor Eg Eich Els Er Fal Fel Fon
  Frau Gal Gan Gel Glau Grün Guis Hag Hal Hel Hin Hof Hor Il Jor Kall Kem Kir Kol Lan Lau Lin Lom Mar Mel Mon Mor Mur
  Näf Neu Nor Ober Oll Ort Per Pra Qui Ram Rei Ren Rich Ros Rüt Sal Sar Schön Sel Sol Stal Sur Tal Tem Tor Ul Val Ver
  Vil Wal Wen Wil Zel Zin`);
export const surnameEndings = split(`
  acher aldi amann ardo art assen aux bacher baud berg berger brand chard dano dier egger ella eman eney enthal erat
  erin etti feld fried gard ghi girod gnon got guez hard hauser holz iani ier ieux iger illon imann inger ini isset
  land lard lier linger lino mann maz mer mont nard nat net nier ollet oni ostin oud queda quez rad ral ran rey rin rod
  saz ser sky son stein stetter tal tard teau tero thal tini tis uard ucci uel uenza usser vel ver ville wald weiler
  wyl zano ziger zoni`);
