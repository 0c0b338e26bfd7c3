import { recomputeIndicators } from "../../../src/history/indicators/index.js";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import type { TestDatabase } from "../../support/database.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";

/** What is stored of a contact, with what follows from it. */
export interface Stored {
  readonly contact_id: string;
  readonly assiduity: number;
  readonly assiduity_level: string;
  readonly has_children_product: boolean;
  readonly is_member: boolean;
  readonly is_season_ticket_holder: boolean;
  readonly revenue: string;
  readonly sml_level: string | null;
  readonly seniority_years: number;
  readonly first_sale_on: string | null;
}

/** Works indicators out, and looks at what is stored, both with full clearance. */
export class Reckoner {
  constructor(
    private readonly db: TestDatabase,
    private readonly institution?: TestInstitution,
  ) {}

  recompute(...contacts: TestContact[]): Promise<number> {
    return this.#asSystem((sql) =>
      recomputeIndicators(
        sql,
        contacts.map(({ id }) => id),
      ),
    );
  }

  /** The stored values of everybody, by id. */
  async all(): Promise<Stored[]> {
    return this.#asSystem(async (sql) => {
      const { rows } = await sql.query<Stored>(
        `SELECT contact_id, assiduity, assiduity_level, has_children_product, is_member, is_season_ticket_holder,
           revenue::numeric(14, 2), sml_level, seniority_years, first_sale_on
         FROM history.visible_indicator WHERE institution_id = $1 ORDER BY contact_id`,
        [sql.institutionId],
      );
      return rows;
    });
  }

  /** The stored values of one. */
  async of(contact: TestContact): Promise<Stored> {
    return (await this.all()).find(({ contact_id }) => contact_id === contact.id)!;
  }

  #asSystem<Result>(work: Parameters<typeof inTransaction<Result>>[2]): Promise<Result> {
    const services = this.db.services();
    const { id } = this.institution ?? this.db.home;
    return inTransaction(services.pools.api, systemSession(services, id), work);
  }
}
