/** What a new template starts from: one section, a name, an unsubscribe link. */
export const STARTER_BODY = `<mjml>
  <mj-body background-color="#faf9f7">
    <mj-section background-color="#ffffff">
      <mj-column>
        <mj-text font-size="20px">Hello {{ person.first_name | default: "there" }},</mj-text>
        <mj-text>what is there to say?</mj-text>
      </mj-column>
    </mj-section>
    <mj-section>
      <mj-column>
        <mj-text align="center" font-size="12px" color="#6b635a">
          <a href="{{ unsubscribe_url }}">Unsubscribe</a>
        </mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;
