import { useTranslation } from "react-i18next";
import styles from "./checkout.module.css";

/** Countries that are delivered to, by how people buy here. */
const COUNTRIES = ["TR", "ID", "DE", "GB", "NL", "US"] as const;

export interface TypedAddress {
  readonly name: string;
  readonly line1: string;
  readonly city: string;
  readonly postal_code: string;
  readonly country: string;
}

export const NO_ADDRESS: TypedAddress = { name: "", line1: "", city: "", postal_code: "", country: "TR" };

interface AddressFieldsProps {
  readonly address: TypedAddress;
  readonly onChange: (address: TypedAddress) => void;
}

/** Where it goes; the browser fills it in. */
export function AddressFields({ address, onChange }: AddressFieldsProps) {
  const { t, i18n } = useTranslation();
  const countries = new Intl.DisplayNames([i18n.language], { type: "region" });
  const field = (name: keyof TypedAddress, autoComplete: string, isRequired = true) => (
    <label className="field">
      {t(`address.${name}`)}
      <input
        name={name}
        autoComplete={autoComplete}
        required={isRequired}
        maxLength={name === "postal_code" ? 20 : 100}
        value={address[name]}
        onChange={(event) => onChange({ ...address, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <fieldset className={styles.address}>
      <legend>{t("address.title")}</legend>
      {field("name", "shipping name")}
      {field("line1", "shipping street-address")}
      <div className={styles.pair}>
        {field("postal_code", "shipping postal-code", false)}
        {field("city", "shipping address-level2")}
      </div>
      <label className="field">
        {t("address.country")}
        <select
          name="country"
          autoComplete="shipping country"
          value={address.country}
          onChange={(event) => onChange({ ...address, country: event.target.value })}
        >
          {COUNTRIES.map((code) => (
            <option key={code} value={code}>
              {countries.of(code)}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}
