import type { MigrationInterface, QueryRunner } from "typeorm";

/** What a certificate said when its pass was done, as a keyed hash: who changes it afterwards is found out. */
export class CertificateSeals1763740876600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE privacy.erasure_certificate ADD COLUMN seal bytea`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE privacy.erasure_certificate DROP COLUMN seal`);
  }
}
