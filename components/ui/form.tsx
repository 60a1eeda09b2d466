export { ActionForm } from "./action-form";
export { Field } from "./field";
export { FieldGrid, FormActions } from "./form-actions";
export type { FormAction } from "./form-outcome";
export { SubmitButton } from "./submit-button";
