export { ActionForm, type ActionFormProps } from "./action-form";
export { Field, type FieldProps } from "./field";
export { FieldGrid, FormActions } from "./form-actions";
export type { FormAction } from "./form-outcome";
export { SubmitButton } from "./submit-button";
