import type { Calendar } from "./demo-calendar.js";

export interface ProductRow {
  readonly id: number;
  readonly organization: string;
  readonly code: string;
  readonly name: string;
  readonly product_kind: string;
  readonly starts_at: string | null;
  readonly validity_end: string | null;
}

/** A product with what the tickets of it cost, and its day as days from today; no day: undated. */
export interface DemoProduct {
  readonly row: ProductRow;
  readonly price: number;
  readonly day: number | null;
}

const operas = [
  "Carmen",
  "La Traviata",
  "Così fan tutte",
  "Les Noces de Figaro",
  "Casse-Noisette",
  "La Flûte enchantée",
  "Tosca",
  "Giselle",
  "Le Lac des cygnes",
  "Rigoletto",
  "Roméo et Juliette",
  "L'Élixir d'amour",
];

const exhibitions = ["Lumières d'hiver", "Trésors du Léman", "Portraits sans nom", "Les années néon", "Sous la glace"];

export interface SeasonRow {
  readonly organization: string;
  readonly code: string;
  readonly name: string;
  readonly starts_on: string;
  readonly ends_on: string;
}

const seasonDays = 310;

/** Products of the last three years and of the next months, and some without a date. */
export class Programme {
  readonly products: DemoProduct[] = [];
  readonly seasons: SeasonRow[] = [];
  readonly dated: DemoProduct[] = [];

  constructor(private readonly calendar: Calendar) {
    for (let season = 0; season < 4; season++) this.#season(season);
    this.visit = this.#add("MUSEUM", "VISITE-ECOLE", "Visite guidée pour les écoles", "EXHIBITION", 6, 35);
    this.goods = this.#add("MUSEUM", "AFFICHE", "Affiche « Lumières d'hiver »", "GOODS", 25, null);
    this.gift = this.#add("OPERA", "BON-50", "Bon cadeau", "GIFT", 50, null);
    this.entry = this.#add("MUSEUM", "ENTREE", "Entrée sans date", "EXHIBITION", 15, null);
    this.membership = this.#add("OPERA", "AMIS", "Amis de l'Opéra", "MEMBERSHIP", 80, 200);
  }

  /** The museum's visit for schools, next month. */
  readonly visit: DemoProduct;
  readonly goods: DemoProduct;
  readonly gift: DemoProduct;
  /** Undated: it never expires. */
  readonly entry: DemoProduct;
  readonly membership: DemoProduct;

  /** Twelve performances three and a half weeks apart, an exhibition, a pass and a season ticket. */
  #season(season: number): void {
    const start = -1_000 + season * seasonDays;
    for (const organization of ["OPERA", "MUSEUM"])
      this.seasons.push({
        ...{ organization, code: `S${season + 1}`, name: `Saison ${season + 1}` },
        ...{ starts_on: this.calendar.day(start), ends_on: this.calendar.day(start + seasonDays - 1) },
      });
    operas.forEach((name, index) => {
      const day = start + index * 25;
      this.dated.push(
        this.#add("OPERA", `OP${season}${String(index).padStart(2, "0")}`, name, "PERFORMANCE", 60 + index * 5, day),
      );
    });
    const exhibition = exhibitions[season]!;
    this.dated.push(this.#add("MUSEUM", `EX${season}`, exhibition, "EXHIBITION", 18, start + 200));
    this.dated.push(
      this.#add("MUSEUM", `PA${season}`, `Passeport musées ${season + 1}`, "PASS", 95, start + seasonDays - 1),
    );
    this.#add("OPERA", `AB${season}`, `Abonnement saison ${season + 1}`, "SEASON_TICKET", 240, start + seasonDays - 1);
  }

  #add(organization: string, code: string, name: string, kind: string, price: number, day: number | null): DemoProduct {
    const product: DemoProduct = {
      row: {
        id: this.products.length + 1,
        organization,
        code,
        name,
        product_kind: kind,
        starts_at: kind === "PERFORMANCE" && day !== null ? this.calendar.instant(day, "18:30") : null,
        validity_end: day === null ? null : this.calendar.day(day),
      },
      price,
      day,
    };
    this.products.push(product);
    return product;
  }
}
