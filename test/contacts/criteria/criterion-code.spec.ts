import { expect } from "chai";
import { criterionCodeProblem, isCode, valueCodeProblem } from "../../../src/contacts/criteria/criterion-code.js";
import { authorizationCodes } from "../../../src/marketing/authorizations/authorization.js";

describe("codes of criteria and of their values (domain 6.6)", () => {
  const refusalOf = (code: string) => {
    const found = valueCodeProblem(code, "internalCode");
    return found && [found.code, found.parameters?.suggestion].filter(Boolean).join(" ");
  };

  it("begin with a capital, followed by capitals, digits and underscores, up to 30 characters", () => {
    for (const code of ["A", "OPERA", "A18", "SECTOR_2", "X".repeat(30)]) expect(refusalOf(code), code).to.equal(null);
    for (const code of ["", "1E5", "opera", "Empty", "=A", "A|B", "A;B", "-A", " A", "A ", "É", "X".repeat(31), "A\n"])
      expect(refusalOf(code), code).to.equal("INVALID_CODE");
  });

  it("are nothing that clears in files, and nothing that spreadsheets take for yes or no", () => {
    expect(refusalOf("EMPTY")).to.equal("RESERVED_CODE X_EMPTY");
    for (const code of ["TRUE", "FALSE", "VRAI", "FAUX", "VERDADERO", "FALSO"])
      expect(refusalOf(code), code).to.equal(`RESERVED_CODE X_${code}`);
  });

  it("are nothing that spreadsheets turn into days, in any of their languages", () => {
    expect(refusalOf("MAR1")).to.equal("RESERVED_CODE MAR_1");
    for (const code of ["SEP2", "SEPT1", "MARCH1", "JAN2024", "MAI3", "AOUT31", "ENE7", "DIC24", "DEZ12", "OKT5"])
      expect(refusalOf(code), code).to.match(/^RESERVED_CODE [A-Z]+_\d+$/);
    for (const code of ["MAR", "MARS", "MAR12345", "MARK1", "A1", "MAR_1", "MAR1A"])
      expect(refusalOf(code), code).to.equal(null);
  });

  it("of criteria are no name of another column of the same files", () => {
    for (const code of ["EMAIL", "TITLE", "STATUS", "CODE", ...authorizationCodes])
      expect(criterionCodeProblem(code, "code")?.code, code).to.equal("RESERVED_CODE");
    expect(criterionCodeProblem("VIP", "code")).to.equal(null);
    expect(refusalOf("EMAIL")).to.equal(null);
  });

  it("are offered another one that is allowed", () => {
    for (const code of ["EMPTY", "MAR1", "EMAIL", "TRUE", "THIRD_PARTY_TRANSFER"]) {
      const suggestion = String(criterionCodeProblem(code, "code")?.parameters?.suggestion);
      expect(criterionCodeProblem(suggestion, "code"), suggestion).to.equal(null);
      expect(isCode(suggestion)).to.equal(true);
    }
  });
});
