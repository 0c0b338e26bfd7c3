import type { MigrationInterface, QueryRunner } from "typeorm";

const ofInstitution = `institution_id = nullif(current_setting('app.institution', true), '')::int`;

/** Manifests lose the names of shells alone, as audits and ledgers do: nobody can empty those of the living. */
export class ManifestsOfShells1763740876700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      blank(`ARRAY(SELECT c.id FROM contacts.contact c
        WHERE c.${ofInstitution} AND c.id = ANY (contact_ids) AND c.anonymized_at IS NOT NULL)`),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(blank("contact_ids"));
  }
}

const blank = (ids: string) => `
  CREATE OR REPLACE FUNCTION marketing.blank_campaign_manifest(contact_ids bigint[]) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $guard$
    DECLARE
      persons bigint[] := ${ids};
      met bigint;
    BEGIN
      UPDATE marketing.campaign_manifest_row
      SET contact_id = NULL, recipient_id = NULL, authorization_event_id = NULL, shipment_id = NULL, salt = NULL
      WHERE ${ofInstitution} AND (contact_id = ANY (persons) OR recipient_id = ANY (persons));
      GET DIAGNOSTICS met = ROW_COUNT;
      RETURN met;
    END $guard$;
`;
